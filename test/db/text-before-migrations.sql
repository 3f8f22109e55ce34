-- What the versions before 0015-folded-text.sql could store.
insert into organization (id, name) values
  ('00000000-0000-7000-8000-000000000001', 'First'), ('00000000-0000-7000-8000-000000000002', 'Second'),
  ('00000000-0000-7000-8000-000000000003', U&'FIRST\200b');
insert into department (id, organization_id, name)
select ('00000000-0000-7000-8000-0000000000' || id)::uuid, '00000000-0000-7000-8000-000000000001', name
from (values
  (11, U&'Caf\00e9'), (12, U&'Cafe\0301'), (13, U&'CAF\00c9 '), (14, 'Sales'), (15, 'sales'), (16, U&'Sales\200b'), (17, 'Cafe')
) d (id, name);
insert into department (organization_id, name) values ('00000000-0000-7000-8000-000000000002', U&'Sal\00ades');
insert into location (id, organization_id, name) values
  ('00000000-0000-7000-8000-000000000018', '00000000-0000-7000-8000-000000000001', U&'Zu\0308rich'),
  ('00000000-0000-7000-8000-000000000019', '00000000-0000-7000-8000-000000000001', U&'Z\00fcrich');
insert into person (id, organization_id, external_id, name, title, email, department_id, location_id)
select ('00000000-0000-7000-8000-0000000000' || id)::uuid, '00000000-0000-7000-8000-000000000001', external_id, name, title, email,
       ('00000000-0000-7000-8000-0000000000' || department)::uuid, ('00000000-0000-7000-8000-0000000000' || location)::uuid
from (values
  (41, '1', 'One', null, null, 11, 18), (42, '2', 'Two', null, null, 13, 19), (43, '3', 'Three', null, null, 16, null),
  (44, '4', 'Four', null, null, 17, null),
  (21, 'A17', 'Anna', null, null, null, null), (22, U&'a17\200b', 'Anne', null, null, null, null),
  (23, null, U&'Jos\00e9', null, U&'jos\00e9@b\00fccher.example', null, null),
  (24, null, 'Jose', null, 'JOSE' || U&'\0301@xn--bcher-kva.example', null, null),
  (25, null, 'Jo', null, U&'jose@b\00fccher.example', null, null),
  (26, null, U&'\200bAda\001b[1m\202e  Zu\0308rich', U&'\00ad', null, null, null),
  (27, null, U&'\200b\2060', null, null, null, null), (28, null, U&'\00d8yvind', null, null, null, null)
) p (id, external_id, name, title, email, department, location);
insert into account (person_id, organization_id, sign_in_address, password_hash, created_at)
select id, organization_id, email, 'none', case when name = U&'Jos\00e9' then now() - interval '1 day' else now() end
from person where email like '%jos%' or email like 'JOS%';
delete from account where sign_in_address like 'jose@%';
insert into session (organization_id, person_id, label, expires_at, token_hash)
select organization_id, person_id, '', now() + interval '1 day', person_id::text::bytea from account;
insert into personal_goal (id, organization_id, owner_id, title, why, measure_unit, measure_start, measure_current, measure_target)
values (
  '00000000-0000-7000-8000-000000000031', '00000000-0000-7000-8000-000000000001', '00000000-0000-7000-8000-000000000021',
  U&'U\0308ber  \0645\06cc\200c\062e\0648\0627\0647\0645', U&'Zu\0308rich\000a\0009Te\001bxt', U&'km\200b', 0, 5e-324, 'Infinity'
);
insert into goal_update (id, organization_id, goal_id, author_id, text, measured_value) values
  ('00000000-0000-7000-8000-000000000032', '00000000-0000-7000-8000-000000000001', '00000000-0000-7000-8000-000000000031',
   '00000000-0000-7000-8000-000000000021', U&'\001b', '-Infinity'),
  ('00000000-0000-7000-8000-000000000033', '00000000-0000-7000-8000-000000000001', '00000000-0000-7000-8000-000000000031',
   '00000000-0000-7000-8000-000000000021', 'Plain', null);
insert into cycle (id, organization_id, name, starts_on, ends_on) values
  ('00000000-0000-7000-8000-000000000034', '00000000-0000-7000-8000-000000000001', 'Q1', '2026-01-01', '2026-03-31'),
  ('00000000-0000-7000-8000-000000000035', '00000000-0000-7000-8000-000000000001', 'q1', '2026-01-01', '2026-03-31');
insert into business_goal (id, organization_id, owner_id, cycle_id, title) values (
  '00000000-0000-7000-8000-000000000036', '00000000-0000-7000-8000-000000000001', '00000000-0000-7000-8000-000000000021',
  '00000000-0000-7000-8000-000000000034', 'Goal'
);
insert into key_result (organization_id, business_goal_id, title, unit, start_value, current_value, target_value, position)
select '00000000-0000-7000-8000-000000000001', '00000000-0000-7000-8000-000000000036', 'Result', 'u', s, c, t, p
from (values (0::float8, 'Infinity'::float8, 10::float8, 0), (1e300, 0, 'Infinity', 1)) v (s, c, t, p);
