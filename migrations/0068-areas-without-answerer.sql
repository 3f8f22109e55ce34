-- When administrators were last reminded that nobody answers for the area.
alter table procedure_area add column admins_reminded_at timestamptz;
