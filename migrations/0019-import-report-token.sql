-- An import's report and the API token that made it are of one organization.
alter table session add constraint session_organization_id_key unique (organization_id, id);
alter table import_report add constraint import_report_token_fkey
  foreign key (organization_id, token_id) references session (organization_id, id);
