-- Who marked a conversation as off the record; null while it is on the record.
alter table conversation add column off_the_record_by_id uuid;
alter table conversation add constraint conversation_off_the_record_by_fkey
  foreign key (organization_id, off_the_record_by_id) references person (organization_id, id) not valid;
