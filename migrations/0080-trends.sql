-- Engagement trends: figures of closed periods, written once by the worker and never changed (policies/75-trends.sql), and what people do
-- about them.
--
-- Squawk: new tables, which nobody reads yet.
-- squawk-ignore-file constraint-missing-not-valid, adding-foreign-key-constraint, require-concurrent-index-creation

-- One batch of figures, of a month or a quarter of the organization's calendar. row_hash: app.trend_row_hash.
create table trend_release (
  id uuid primary key default gen_random_uuid(),
  organization_id uuid not null references organization,
  period_key text not null,
  granularity text not null check (granularity in ('MONTH', 'QUARTER')),
  starts_on date not null,
  ends_on date not null,
  minimum_group_size integer not null check (minimum_group_size between 5 and 1000),
  released_at timestamptz not null default now(),
  published_at timestamptz not null,
  row_hash text not null check (row_hash ~ '^[0-9a-f]{64}$'),
  unique (organization_id, id),
  unique (organization_id, period_key),
  constraint trend_release_period check (
    case granularity
      when 'MONTH' then period_key = to_char(starts_on, 'YYYY-MM') and ends_on = (starts_on + interval '1 month - 1 day')::date
      else period_key = to_char(starts_on, 'YYYY-"Q"Q') and ends_on = (starts_on + interval '3 months - 1 day')::date
    end
  ),
  constraint trend_release_published check (published_at >= released_at)
);
create index trend_release_list_idx on trend_release (organization_id, ends_on, granularity);

-- A correction is a note beside the figures.
create table trend_erratum (
  id uuid primary key default gen_random_uuid(),
  organization_id uuid not null,
  release_id uuid not null,
  text text not null check (text is nfc normalized) check (char_length(text) between 1 and 20000),
  at timestamptz not null default now(),
  foreign key (organization_id, release_id) references trend_release (organization_id, id)
);
create index trend_erratum_release_idx on trend_erratum (release_id, at);

-- The groups as they were in the period of a release. The root of every tree is the organization, with the key 'organization'; other keys are
-- the id of the department, of the location, or of the manager. head_id: the manager, whose name is read from the directory, not kept here.
-- valid_from: the first day of the period from which on label and parent are the same.
create table trend_group (
  release_id uuid not null,
  organization_id uuid not null,
  tree text not null check (tree in ('DEPARTMENT', 'MANAGER', 'LOCATION')),
  key text not null check (char_length(key) between 1 and 100),
  label text check (label is nfc normalized) check (octet_length(label) between 1 and 2400),
  parent_key text,
  head_id uuid,
  valid_from date not null,
  primary key (release_id, tree, key, organization_id),
  constraint trend_group_root check ((parent_key is null) = (key = 'organization')),
  constraint trend_group_label check ((label is null) = (head_id is not null)),
  foreign key (organization_id, release_id) references trend_release (organization_id, id) deferrable initially deferred,
  foreign key (organization_id, head_id) references person (organization_id, id)
);
create index trend_group_parent_idx on trend_group (release_id, tree, parent_key);
create index trend_group_validity_idx on trend_group (organization_id, tree, key, valid_from);
create index trend_group_head_idx on trend_group (head_id) where head_id is not null;

-- A figure. All that is suppressed looks the same, for whatever reason. No ids: the order of rows is random (app.add_trend_cells).
create table trend_cell (
  release_id uuid not null,
  organization_id uuid not null,
  tree text not null,
  group_key text not null,
  metric text not null,
  driver text,
  status text not null check (status in ('RELEASED', 'SUPPRESSED')),
  value double precision check (finite_number(value)),
  bound text check (bound in ('ROUNDED', 'AT_LEAST', 'AT_MOST', 'APPROXIMATE')),
  rounded_to double precision not null check (rounded_to > 0 and finite_number(rounded_to)),
  people_band text check (people_band in ('FROM_5_TO_9', 'FROM_10_TO_19', 'FROM_20_TO_49', 'FROM_50')),
  definition_version integer not null check (definition_version > 0),
  constraint trend_cell_metric check (
    metric in (
      'ENGAGEMENT_INDEX', 'PULSE_SCORE', 'ENPS', 'PULSE_PARTICIPATION', 'MET_RATE', 'CONVERSATION_WORTH', 'AGENDA_FROM_REPORTS',
      'PROMISES_KEPT_BY_MANAGERS', 'BARRIERS_ANSWERED_IN_TIME', 'BARRIERS_REMOVED'
    )
  ),
  constraint trend_cell_driver check (
    (driver is not null) = (metric = 'PULSE_SCORE')
    and driver in ('MUTUAL_TRUST', 'AUTONOMY', 'PURPOSE', 'GROWTH', 'RECOGNITION', 'WELLBEING', 'VOICE')
  ),
  constraint trend_cell_released check (
    case when status = 'RELEASED' then num_nonnulls(value, bound, people_band) = 3 else num_nonnulls(value, bound, people_band) = 0 end
  ),
  foreign key (organization_id, release_id) references trend_release (organization_id, id) deferrable initially deferred
);
create unique index trend_cell_key on trend_cell (release_id, tree, metric, driver, group_key) nulls not distinct;

-- What is done about a released quarter. A random id: others may see it later than it was written.
create table trend_response (
  id uuid primary key default gen_random_uuid(),
  organization_id uuid not null,
  release_id uuid not null,
  tree text not null,
  group_key text not null,
  metric text check (
    metric in (
      'ENGAGEMENT_INDEX', 'PULSE_SCORE', 'ENPS', 'PULSE_PARTICIPATION', 'MET_RATE', 'CONVERSATION_WORTH', 'AGENDA_FROM_REPORTS',
      'PROMISES_KEPT_BY_MANAGERS', 'BARRIERS_ANSWERED_IN_TIME', 'BARRIERS_REMOVED'
    )
  ),
  text text not null check (text is nfc normalized) check (char_length(text) between 1 and 20000),
  by_id uuid not null,
  due_on date not null check (due_on between '1900-01-01' and '2199-12-31'),
  state text not null default 'OPEN' check (state in ('OPEN', 'DONE', 'NOT_DONE')),
  outcome text check (outcome is nfc normalized) check (char_length(outcome) between 1 and 20000),
  version integer not null default 1,
  unique (organization_id, id),
  constraint trend_response_outcome check (state <> 'NOT_DONE' or outcome is not null),
  foreign key (organization_id, release_id) references trend_release (organization_id, id),
  foreign key (release_id, tree, group_key, organization_id) references trend_group (release_id, tree, key, organization_id),
  foreign key (organization_id, by_id) references person (organization_id, id)
);
create index trend_response_release_idx on trend_response (release_id, due_on, id);
create index trend_response_by_idx on trend_response (by_id);
