-- An installation of a version before 0010-days.sql, with data that later migrations change: departments, locations and addresses that
-- look alike, two accounts with one folded address, a time zone that is not accepted, two conversations planned at one moment.
-- The token of each session is the first name of its person.
insert into organization (id, name, time_zone) values
  ('00000000-0000-7000-8000-000000000001', 'Harbour Tools', 'Europe/Berlin'),
  ('00000000-0000-7000-8000-000000000002', 'Lighthouse', 'UTC');
insert into department (id, organization_id, name) values
  ('00000000-0000-7000-8000-000000000011', '00000000-0000-7000-8000-000000000001', 'Boats'),
  ('00000000-0000-7000-8000-000000000012', '00000000-0000-7000-8000-000000000001', 'boats'),
  ('00000000-0000-7000-8000-000000000013', '00000000-0000-7000-8000-000000000001', 'Sails'),
  ('00000000-0000-7000-8000-000000000014', '00000000-0000-7000-8000-000000000002', 'BOATS');
insert into location (id, organization_id, name) values
  ('00000000-0000-7000-8000-000000000015', '00000000-0000-7000-8000-000000000001', 'Kiel'),
  ('00000000-0000-7000-8000-000000000016', '00000000-0000-7000-8000-000000000001', 'KIEL');
insert into person (id, organization_id, external_id, name, title, email, department_id, location_id, started_on)
select ('00000000-0000-7000-8000-0000000000' || id)::uuid, ('00000000-0000-7000-8000-0000000000' || organization)::uuid, external_id,
       name, title, email, ('00000000-0000-7000-8000-0000000000' || department)::uuid,
       ('00000000-0000-7000-8000-0000000000' || location)::uuid, '2024-01-01'
from (values
  (21, '01', 'H1', 'Olga Brandt', 'Head of boats', 'olga@harbour.example', 11, 15),
  (22, '01', 'H2', 'Rui Costa', 'Boat builder', U&'rui@b\00fccher.example', 12, 16),
  (23, '01', 'H3', 'Cem Aydin', 'Sailmaker', 'cem@harbour.example', 13, null),
  (24, '01', 'H4', 'Ruben Costa', 'Boat builder', 'rui@xn--bcher-kva.example', 12, 15),
  (25, '01', 'H5', 'Lea Vogt', 'Boat builder', 'lea@harbour.example', 11, null),
  (26, '02', 'L1', 'Nora Lund', 'Keeper', 'nora@lighthouse.example', 14, null)
) p (id, organization, external_id, name, title, email, department, location);
insert into person_time_zone (person_id, organization_id, time_zone) values
  ('00000000-0000-7000-8000-000000000021', '00000000-0000-7000-8000-000000000001', 'Europe/Lisbon'),
  ('00000000-0000-7000-8000-000000000023', '00000000-0000-7000-8000-000000000001', 'US/Pacific-New');
insert into employment_end (person_id, organization_id, ended_on) values
  ('00000000-0000-7000-8000-000000000025', '00000000-0000-7000-8000-000000000001', current_date - 10);
insert into reporting_line (id, organization_id, report_id, manager_id, starts_on) values
  ('00000000-0000-7000-8000-000000000031', '00000000-0000-7000-8000-000000000001', '00000000-0000-7000-8000-000000000022',
   '00000000-0000-7000-8000-000000000021', '2024-01-01'),
  ('00000000-0000-7000-8000-000000000032', '00000000-0000-7000-8000-000000000001', '00000000-0000-7000-8000-000000000023',
   '00000000-0000-7000-8000-000000000021', '2024-01-01');
insert into role_grant (person_id, role, organization_id) values
  ('00000000-0000-7000-8000-000000000021', 'PEOPLE_ADMIN', '00000000-0000-7000-8000-000000000001'),
  ('00000000-0000-7000-8000-000000000023', 'AUDITOR', '00000000-0000-7000-8000-000000000001');
insert into audit_entry (organization_id, actor_id, action, subject) values
  ('00000000-0000-7000-8000-000000000001', null, 'ROLE_GRANTED', 'PEOPLE_ADMIN: Person 00000000-0000-7000-8000-000000000021');
insert into account (person_id, organization_id, sign_in_address, password_hash, created_at)
select id, organization_id, email, 'no password opens this account', timestamptz '2024-01-01' + right(external_id, 1)::integer * interval '1 day'
from person;
insert into session (organization_id, person_id, label, expires_at, token_hash)
select organization_id, id, 'Laptop', now() + interval '14 days', sha256(lower(split_part(name, ' ', 1))::bytea) from person;
insert into invitation (organization_id, person_id, address, token_hash) values
  ('00000000-0000-7000-8000-000000000001', '00000000-0000-7000-8000-000000000023', 'cem@harbour.example', 'invitation');
insert into outbox_mail (organization_id, recipient, subject, body) values
  ('00000000-0000-7000-8000-000000000001', 'cem@harbour.example', 'Welcome', 'Good morning, Cem.');

insert into personal_goal (id, organization_id, owner_id, title, why, visibility, measure_unit, measure_start, measure_current, measure_target)
values
  ('00000000-0000-4000-8000-000000000041', '00000000-0000-7000-8000-000000000001', '00000000-0000-7000-8000-000000000022',
   'Sail to Norway', 'I promised my daughter.', 'PRIVATE', 'days at sea', 0, 3, 20),
  ('00000000-0000-4000-8000-000000000042', '00000000-0000-7000-8000-000000000001', '00000000-0000-7000-8000-000000000022',
   'Lead a small yard', null, 'SHARED', null, null, null, null),
  ('00000000-0000-4000-8000-000000000043', '00000000-0000-7000-8000-000000000001', '00000000-0000-7000-8000-000000000021',
   'Learn Portuguese', null, 'SHARED', null, null, null, null),
  ('00000000-0000-4000-8000-000000000044', '00000000-0000-7000-8000-000000000001', '00000000-0000-7000-8000-000000000023',
   'Teach sewing', null, 'ORGANIZATION', null, null, null, null);
insert into personal_goal_own (goal_id, organization_id, owner_id, area)
select id, organization_id, owner_id, 'Family' from personal_goal;
insert into personal_goal_version (goal_id, version, organization_id, owner_id, title, why)
select id, 1, organization_id, owner_id, title, why from personal_goal;
insert into milestone (organization_id, goal_id, owner_id, title, position) values
  ('00000000-0000-7000-8000-000000000001', '00000000-0000-4000-8000-000000000041', '00000000-0000-7000-8000-000000000022', 'Buy charts', 0);
insert into goal_update (organization_id, goal_id, author_id, text, measured_value) values
  ('00000000-0000-7000-8000-000000000001', '00000000-0000-4000-8000-000000000041', '00000000-0000-7000-8000-000000000022', 'Three days out', 3);
insert into goal_share (organization_id, goal_id, owner_id, with_id, line_id) values
  ('00000000-0000-7000-8000-000000000001', '00000000-0000-4000-8000-000000000043', '00000000-0000-7000-8000-000000000021',
   '00000000-0000-7000-8000-000000000022', null),
  ('00000000-0000-7000-8000-000000000001', '00000000-0000-4000-8000-000000000042', '00000000-0000-7000-8000-000000000022',
   '00000000-0000-7000-8000-000000000021', '00000000-0000-7000-8000-000000000031');
insert into goal_access (reader_id, goal_id, on_day, kind, owner_id, organization_id) values
  ('00000000-0000-7000-8000-000000000021', '00000000-0000-4000-8000-000000000042', current_date - 1, 'OPENED',
   '00000000-0000-7000-8000-000000000022', '00000000-0000-7000-8000-000000000001');

insert into cycle (id, organization_id, name, starts_on, ends_on) values
  ('00000000-0000-7000-8000-000000000051', '00000000-0000-7000-8000-000000000001', 'Spring', current_date - 30, current_date + 60);
insert into business_goal (id, organization_id, owner_id, cycle_id, title, status) values
  ('00000000-0000-7000-8000-000000000052', '00000000-0000-7000-8000-000000000001', '00000000-0000-7000-8000-000000000021',
   '00000000-0000-7000-8000-000000000051', 'Ten boats', 'ON_TRACK'),
  ('00000000-0000-7000-8000-000000000053', '00000000-0000-7000-8000-000000000001', '00000000-0000-7000-8000-000000000021',
   '00000000-0000-7000-8000-000000000051', 'A draft', 'DRAFT');
insert into key_result (organization_id, business_goal_id, title, unit, start_value, current_value, target_value, position) values
  ('00000000-0000-7000-8000-000000000001', '00000000-0000-7000-8000-000000000052', 'Boats', 'boats', 0, 4, 10, 0);
insert into check_in (organization_id, business_goal_id, author_id, confidence, status) values
  ('00000000-0000-7000-8000-000000000001', '00000000-0000-7000-8000-000000000052', '00000000-0000-7000-8000-000000000021', 4, 'ON_TRACK');
insert into alignment (organization_id, personal_goal_id, owner_id, business_goal_id, how, proposed_by_id, state) values
  ('00000000-0000-7000-8000-000000000001', '00000000-0000-4000-8000-000000000042', '00000000-0000-7000-8000-000000000022',
   '00000000-0000-7000-8000-000000000052', 'I learn to plan.', '00000000-0000-7000-8000-000000000022', 'PLACED');

insert into one_to_one (id, organization_id, first_id, second_id, started_by_id, state, time_zone, line_id) values
  ('00000000-0000-7000-8000-000000000061', '00000000-0000-7000-8000-000000000001', '00000000-0000-7000-8000-000000000021',
   '00000000-0000-7000-8000-000000000022', '00000000-0000-7000-8000-000000000021', 'OPEN', 'Europe/Berlin', '00000000-0000-7000-8000-000000000031');
insert into conversation (id, organization_id, one_to_one_id, status, scheduled_at, held_at, closed_at)
select ('00000000-0000-7000-8000-0000000000' || id)::uuid, '00000000-0000-7000-8000-000000000001', '00000000-0000-7000-8000-000000000061',
       status, at, case status when 'HELD' then at end, case status when 'HELD' then at end
from (values
  (62, 'HELD', date_trunc('hour', now()) - interval '7 days'),
  (63, 'PLANNED', date_trunc('hour', now()) + interval '7 days'),
  (64, 'PLANNED', date_trunc('hour', now()) + interval '7 days')
) c (id, status, at);
insert into talking_point (id, organization_id, one_to_one_id, conversation_id, raised_in_id, author_id, text, draft, position) values
  ('00000000-0000-7000-8000-000000000065', '00000000-0000-7000-8000-000000000001', '00000000-0000-7000-8000-000000000061',
   '00000000-0000-7000-8000-000000000063', '00000000-0000-7000-8000-000000000063', '00000000-0000-7000-8000-000000000022', 'The new crane', false, 1),
  ('00000000-0000-7000-8000-000000000066', '00000000-0000-7000-8000-000000000001', '00000000-0000-7000-8000-000000000061',
   '00000000-0000-7000-8000-000000000063', '00000000-0000-7000-8000-000000000063', '00000000-0000-7000-8000-000000000022', 'My pay, perhaps', true, 2);
insert into talking_point_version (point_id, version, organization_id, author_id, text)
select id, 1, organization_id, author_id, text from talking_point;
insert into shared_notes (id, organization_id, conversation_id, text, version, updated_at, updated_by_id) values
  ('00000000-0000-7000-8000-000000000067', '00000000-0000-7000-8000-000000000001', '00000000-0000-7000-8000-000000000062',
   'We talked about the crane.', 1, now(), '00000000-0000-7000-8000-000000000021');
insert into shared_notes_version (notes_id, version, organization_id, author_id, text) values
  ('00000000-0000-7000-8000-000000000067', 1, '00000000-0000-7000-8000-000000000001', '00000000-0000-7000-8000-000000000021',
   'We talked about the crane.');
insert into private_notes (conversation_id, author_id, organization_id, text) values
  ('00000000-0000-7000-8000-000000000062', '00000000-0000-7000-8000-000000000022', '00000000-0000-7000-8000-000000000001', 'Ask again.');
insert into action_item (id, organization_id, one_to_one_id, made_in_id, owner_id, created_by_id, text, due_on) values
  ('00000000-0000-7000-8000-000000000068', '00000000-0000-7000-8000-000000000001', '00000000-0000-7000-8000-000000000061',
   '00000000-0000-7000-8000-000000000062', '00000000-0000-7000-8000-000000000021', '00000000-0000-7000-8000-000000000022', 'Order the crane',
   current_date + 3);
insert into action_item_version (item_id, version, organization_id, author_id, text)
select id, 1, organization_id, created_by_id, text from action_item;
