-- Who was behind figures that were released: for the worker's release of later periods alone (policies/76-trend-metrics.sql).
--
-- Squawk: new tables, which nobody reads yet.
-- squawk-ignore-file constraint-missing-not-valid, adding-foreign-key-constraint, require-concurrent-index-creation

-- A number for a person in what follows: of somebody who takes part in pulses by their respondent, of a manager or of somebody who answers for an
-- area by their person. An erasure takes the person away. In random order, so a number says nothing.
create table trend_participant (
  number integer generated always as identity primary key,
  organization_id uuid not null references organization,
  respondent uuid unique,
  person_id uuid unique,
  constraint trend_participant_one check (num_nonnulls(respondent, person_id) <= 1),
  foreign key (organization_id, person_id) references person (organization_id, id)
);

-- The people behind a figure. LATER: fewer than 50, for 24 months, so that figures of later periods single out nobody. QUARTER: of a month, until its
-- quarter is released.
create table trend_figure_people (
  release_id uuid not null,
  organization_id uuid not null,
  population text not null,
  purpose text not null check (purpose in ('LATER', 'QUARTER')),
  tree text not null check (tree in ('DEPARTMENT', 'MANAGER', 'LOCATION')),
  people integer[] not null,
  foreign key (organization_id, release_id) references trend_release (organization_id, id) deferrable initially deferred
) with (autovacuum_enabled = false);
create index trend_figure_people_idx on trend_figure_people (release_id, population, purpose);

alter table trend_participant alter column respondent set statistics 0, alter column person_id set statistics 0;
alter table trend_figure_people alter column people set statistics 0;
