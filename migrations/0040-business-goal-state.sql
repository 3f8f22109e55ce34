-- Splits the status of a business goal in two: its state, which its owner sets, and its health, which check-ins report.
-- A check-in that reported ACHIEVED or MISSED keeps its text and confidence, with the health ON_TRACK or OFF_TRACK. A goal's health is that
-- of its last check-in, and null without one, whatever status its owner had set by hand.
--
-- Squawk: a table is changed as a whole, in one transaction, while nobody serves: code from before does not fit this schema.
-- squawk-ignore-file renaming-column, constraint-missing-not-valid

alter table check_in rename column status to health;
alter table check_in drop constraint check_in_status_check;
alter table check_in disable trigger user;
update check_in set health = case health when 'ACHIEVED' then 'ON_TRACK' else 'OFF_TRACK' end where health in ('ACHIEVED', 'MISSED');
alter table check_in enable trigger user;
alter table check_in add constraint check_in_health_check check (health in ('ON_TRACK', 'AT_RISK', 'OFF_TRACK'));

alter table business_goal rename column status to state;
alter table business_goal drop constraint business_goal_status_check, add column health text;
alter table business_goal disable trigger user;
update business_goal set state = 'OPEN' where state in ('ON_TRACK', 'AT_RISK', 'OFF_TRACK');
update business_goal b set health = (
  select c.health from check_in c where c.business_goal_id = b.id order by c.at desc, c.id desc limit 1
)
where exists (select 1 from check_in c where c.business_goal_id = b.id);
alter table business_goal enable trigger user;
alter table business_goal
  add constraint business_goal_state_check check (state in ('DRAFT', 'OPEN', 'ACHIEVED', 'MISSED', 'CANCELLED')),
  add constraint business_goal_health_check check (health in ('ON_TRACK', 'AT_RISK', 'OFF_TRACK'));
