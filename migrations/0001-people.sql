-- Organizations, their people, who reports to whom, and how somebody signs in.
--
-- Every table carries organization_id and every foreign key between two tables of an organization includes it, so that no
-- row can ever point across organizations. What fewer people may see than its row lives in a table of its own, because
-- policies hide rows and not columns (policies/).

create extension if not exists btree_gist;
create extension if not exists pg_trgm;

create table organization (
  id uuid primary key default uuidv7(),
  name text not null unique check (char_length(name) between 1 and 200),
  time_zone text not null default 'UTC',
  leaders_share_first boolean not null default true,
  purpose text not null default
    'For people''s own lives and for trust between them. Never used for pay, rating, promotion or dismissal.',
  created_at timestamptz not null default now()
);

create table department (
  id uuid primary key default uuidv7(),
  organization_id uuid not null references organization,
  name text not null check (char_length(name) between 1 and 200),
  unique (organization_id, name),
  unique (organization_id, id)
);

create table location (
  id uuid primary key default uuidv7(),
  organization_id uuid not null references organization,
  name text not null check (char_length(name) between 1 and 200),
  unique (organization_id, name),
  unique (organization_id, id)
);

-- Words as the directory is searched by: in lower case and without accents, so that "sanchez" finds "Sánchez".
create function searchable(words text) returns text
language sql immutable strict parallel safe
return lower(regexp_replace(normalize(words, nfd), '[\u0300-\u036f]', '', 'g'));

create table person (
  id uuid primary key default uuidv7(),
  organization_id uuid not null references organization,
  external_id text check (char_length(external_id) between 1 and 200),
  -- In the order of people's alphabets: "Åsa" stands beside "Asa" and not after "Zoe".
  name text collate "unicode" not null check (char_length(name) between 1 and 200),
  -- The directory's address. It is not the sign-in address: whoever edits the directory must not be able to become anybody.
  email text check (char_length(email) between 3 and 254),
  title text check (char_length(title) <= 200),
  department_id uuid,
  location_id uuid,
  started_on date,
  created_at timestamptz not null default now(),
  search_text text generated always as (searchable(name || ' ' || coalesce(email, '') || ' ' || coalesce(title, ''))) stored,
  unique (organization_id, id),
  unique (organization_id, external_id),
  foreign key (organization_id, department_id) references department (organization_id, id),
  foreign key (organization_id, location_id) references location (organization_id, id)
);
create unique index person_email_key on person (organization_id, lower(email));
create index person_name_idx on person (organization_id, name, id);
create index person_department_idx on person (organization_id, department_id, name, id);
create index person_location_idx on person (organization_id, location_id, name, id);
create index person_search_idx on person using gin (search_text gin_trgm_ops);

-- The time zone is the organization's until the person sets theirs; only the person writes it, everybody reads it.
create table person_time_zone (
  person_id uuid primary key,
  organization_id uuid not null,
  time_zone text not null,
  foreign key (organization_id, person_id) references person (organization_id, id)
);

-- The last day of somebody's employment. Apart from the person, because a day in the future is not everybody's to know.
create table employment_end (
  person_id uuid primary key,
  organization_id uuid not null,
  ended_on date not null,
  foreign key (organization_id, person_id) references person (organization_id, id)
);
create index employment_end_day_idx on employment_end (organization_id, ended_on);

-- Who reports to whom from starts_on (included) until ends_on (not included), by days in UTC.
-- leaver_id: the line ends because this person leaves.
create table reporting_line (
  id uuid primary key default uuidv7(),
  organization_id uuid not null,
  report_id uuid not null,
  manager_id uuid not null,
  kind text not null default 'PRIMARY' check (kind in ('PRIMARY', 'DOTTED')),
  starts_on date not null,
  ends_on date,
  leaver_id uuid,
  created_at timestamptz not null default now(),
  unique (organization_id, id),
  constraint reporting_line_not_to_oneself check (report_id <> manager_id),
  constraint reporting_line_days check (ends_on >= starts_on),
  constraint reporting_line_leaver check (
    leaver_id is null or (leaver_id in (report_id, manager_id) and ends_on is not null)
  ),
  foreign key (organization_id, report_id) references person (organization_id, id),
  foreign key (organization_id, manager_id) references person (organization_id, id),
  constraint reporting_line_one_primary
    exclude using gist (report_id with =, daterange(starts_on, ends_on) with &&) where (kind = 'PRIMARY'),
  constraint reporting_line_one_dotted_a_pair
    exclude using gist (report_id with =, manager_id with =, daterange(starts_on, ends_on) with &&) where (kind = 'DOTTED')
);
create index reporting_line_report_idx on reporting_line (report_id, starts_on desc);
create index reporting_line_manager_idx on reporting_line (manager_id, starts_on desc);

-- The readable copy of reporting_line.ends_on, under its own policy; kept by a trigger. (reporting_line.ends_on itself is
-- granted to nobody: the exclusion constraint needs it there, and a policy could not hide it there.)
create table reporting_line_end (
  line_id uuid primary key,
  organization_id uuid not null,
  report_id uuid not null,
  manager_id uuid not null,
  ends_on date not null,
  leaver_id uuid,
  foreign key (organization_id, line_id) references reporting_line (organization_id, id) on delete cascade
);
create index reporting_line_end_day_idx on reporting_line_end (organization_id, ends_on);

create table role_grant (
  person_id uuid not null,
  role text not null check (role in ('PEOPLE_ADMIN', 'HR_ANALYST', 'ORGANIZATION_ADMIN', 'AUDITOR')),
  organization_id uuid not null,
  granted_by uuid,
  granted_at timestamptz not null default now(),
  primary key (person_id, role),
  foreign key (organization_id, person_id) references person (organization_id, id),
  foreign key (organization_id, granted_by) references person (organization_id, id),
  constraint role_grant_not_to_oneself check (granted_by <> person_id)
);
create index role_grant_organization_idx on role_grant (organization_id, role);

-- What administrators did: who, when, what kind, about what; never content. Append-only for every serving role.
create table audit_entry (
  id uuid primary key default uuidv7(),
  organization_id uuid not null references organization,
  at timestamptz not null default now(),
  actor_id uuid,
  action text not null check (char_length(action) between 1 and 100),
  subject text not null check (char_length(subject) <= 500),
  foreign key (organization_id, actor_id) references person (organization_id, id)
);
create index audit_entry_idx on audit_entry (organization_id, at desc, id desc);

-- How somebody signs in, from the day they accepted their invitation. password_hash is read by definer functions only.
create table account (
  person_id uuid primary key,
  organization_id uuid not null,
  sign_in_address text not null check (char_length(sign_in_address) between 3 and 254),
  password_hash text not null,
  password_changed_at timestamptz not null default now(),
  disabled_at timestamptz,
  created_at timestamptz not null default now(),
  foreign key (organization_id, person_id) references person (organization_id, id)
);
-- One sign-in address is one account in the whole installation.
create unique index account_sign_in_address_key on account (lower(sign_in_address));

create table invitation (
  id uuid primary key default uuidv7(),
  organization_id uuid not null,
  person_id uuid not null,
  -- Where it was sent: the sign-in address of whoever accepts it.
  address text not null check (char_length(address) between 3 and 254),
  sent_by uuid,
  sent_at timestamptz not null default now(),
  expires_at timestamptz not null default now() + interval '72 hours',
  accepted_at timestamptz,
  token_hash bytea not null unique,
  foreign key (organization_id, person_id) references person (organization_id, id),
  foreign key (organization_id, sent_by) references person (organization_id, id)
);
create index invitation_idx on invitation (organization_id, sent_at desc, id desc);
create index invitation_person_idx on invitation (person_id);

-- Single-use links to an account that exists: a forgotten password. No serving role reads it.
create table password_reset (
  id uuid primary key default uuidv7(),
  organization_id uuid not null,
  person_id uuid not null references account,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null default now() + interval '72 hours',
  used_at timestamptz,
  token_hash bytea not null unique,
  foreign key (organization_id, person_id) references person (organization_id, id)
);
create index password_reset_person_idx on password_reset (person_id);

-- A sign-in address about to change. It does once the new address has shown that it is reachable, and either the old one has
-- confirmed or the seven days of notice to both are over.
create table address_change (
  person_id uuid primary key references account,
  organization_id uuid not null,
  new_address text not null check (char_length(new_address) between 3 and 254),
  requested_at timestamptz not null default now(),
  effective_at timestamptz not null default now() + interval '7 days',
  -- Sent to the old address (confirms or, like a signed-in session, cancels) and to the new one.
  old_token_hash bytea not null unique,
  new_token_hash bytea not null unique,
  old_confirmed_at timestamptz,
  new_confirmed_at timestamptz,
  foreign key (organization_id, person_id) references person (organization_id, id)
);

-- Every credential ends up here: an opaque random token, of which only the hash is kept. An API token is a session with
-- scopes and no person behind it.
create table session (
  id uuid primary key default uuidv7(),
  organization_id uuid not null references organization,
  person_id uuid references account,
  scopes text[] not null default '{}'
    check (scopes <@ array['TRENDS_READ', 'DIRECTORY_READ', 'DIRECTORY_WRITE', 'SCHEMA_READ']),
  label text not null check (char_length(label) <= 200),
  created_by uuid,
  created_at timestamptz not null default now(),
  last_seen_at timestamptz not null default now(),
  expires_at timestamptz not null,
  revoked_at timestamptz,
  token_hash bytea not null unique,
  foreign key (organization_id, person_id) references person (organization_id, id),
  foreign key (organization_id, created_by) references person (organization_id, id),
  constraint session_person_or_scopes check ((person_id is null) = (scopes <> '{}'))
);
create index session_person_idx on session (person_id) where person_id is not null;
create index session_token_idx on session (organization_id) where person_id is null;

-- Mail to be sent, written in the transaction that causes it and deleted once sent. Bodies hold links: no policy lets
-- anybody read it; the service drains it through definer functions.
create table outbox_mail (
  id uuid primary key default uuidv7(),
  organization_id uuid references organization,
  recipient text not null,
  subject text not null,
  body text not null,
  created_at timestamptz not null default now(),
  not_before timestamptz not null default now(),
  attempts integer not null default 0,
  last_error text,
  -- Of a mail with a link for a new password: it leaves only if somebody signs in with the recipient's address, which is
  -- looked up when it is about to. Asking for one so takes the same work for every address.
  password_reset_hash bytea
);
create index outbox_mail_due_idx on outbox_mail (not_before);

-- What an import did, or would do. errors: [{line, column, message}]; absent: external ids that the file no longer has, of people
-- who have not left. Of both lists the first thousand; error_count and absent_count are the whole.
create table import_report (
  id uuid primary key default uuidv7(),
  organization_id uuid not null references organization,
  at timestamptz not null default now(),
  by_id uuid,
  dry_run boolean not null,
  rows integer not null,
  created integer not null,
  changed integer not null,
  ended integer not null,
  restored integer not null,
  managers_changed integer not null,
  unchanged integer not null,
  error_count integer not null,
  errors jsonb not null default '[]',
  absent_count integer not null,
  absent jsonb not null default '[]',
  foreign key (organization_id, by_id) references person (organization_id, id)
);
create index import_report_idx on import_report (organization_id, at desc, id desc);

-- Rows of a file on their way into the directory; empty outside an import. Read and written by definer functions only.
create unlogged table import_row (
  import_id uuid not null,
  line integer not null,
  organization_id uuid not null,
  external_id text,
  email text,
  name text,
  title text,
  department text,
  location text,
  manager_external_id text,
  hired_on date,
  left_on date,
  -- Worked out from what is there already (0004-import.sql): whose row it is, whom it names as their manager, who manages them
  -- from today on (nobody, once either has left), and what changes.
  person_id uuid,
  manager_id uuid,
  line_manager_id uuid,
  is_new boolean,
  differs boolean,
  end_differs boolean,
  manager_differs boolean,
  primary key (import_id, line)
);
create index import_row_external_idx on import_row (import_id, external_id);

-- Keeps reporting_line_end and refuses circles. Runs as the owner: a circle is refused whoever can see its lines.
create function reporting_line_changed() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  -- Two changes that close a circle together must not miss each other.
  perform pg_advisory_xact_lock(hashtextextended('reporting_line:' || o.organization_id, 0))
    from (select distinct organization_id from changed order by 1) o;

  delete from reporting_line_end e using changed c where e.line_id = c.id and c.ends_on is null;
  insert into reporting_line_end (line_id, organization_id, report_id, manager_id, ends_on, leaver_id)
  select id, organization_id, report_id, manager_id, ends_on, leaver_id from changed where ends_on is not null
  on conflict (line_id) do update set ends_on = excluded.ends_on, leaver_id = excluded.leaver_id;

  -- A circle can close on the day on which a changed line begins, or on which a later line begins while it lasts.
  if exists (
    with recursive day as (
      select distinct l.organization_id, l.starts_on as on_day
      from reporting_line l
      join (select organization_id, min(starts_on) as first_day from changed where kind = 'PRIMARY' group by 1) c
        on c.organization_id = l.organization_id and l.starts_on >= c.first_day
      where l.kind = 'PRIMARY'
    ),
    climb as (
      select d.on_day, c.report_id as start_id, c.manager_id as at_id
      from changed c
      join day d on d.organization_id = c.organization_id
        and d.on_day >= c.starts_on and (c.ends_on is null or d.on_day < c.ends_on)
      where c.kind = 'PRIMARY'
      union
      select climb.on_day, climb.start_id, l.manager_id
      from climb
      join reporting_line l on l.report_id = climb.at_id and l.kind = 'PRIMARY'
        and l.starts_on <= climb.on_day and (l.ends_on is null or climb.on_day < l.ends_on)
      where climb.at_id <> climb.start_id
    )
    select 1 from climb where at_id = start_id
  ) then
    raise exception 'reporting lines would form a circle' using errcode = 'MU001';
  end if;
  return null;
end $$;
revoke execute on function reporting_line_changed() from public;

create trigger reporting_line_added after insert on reporting_line
  referencing new table as changed for each statement execute function reporting_line_changed();
create trigger reporting_line_updated after update on reporting_line
  referencing new table as changed for each statement execute function reporting_line_changed();
