-- What a person takes with them, and brings along.
--
-- table        who sees a row                       who adds, changes and deletes it
-- data_export  the person, until it expires         the person adds; nobody changes; the worker deletes expired ones
--
-- A person whose employment has ended exports for 90 days what they still see: their own goals.

alter table data_export enable row level security;
grant select, insert (organization_id, person_id, content) on data_export to :"app";
create policy data_export_select_own on data_export for select to :"app"
  using (person_id = (select app.signed_in_person()) and expires_at > now());
create policy data_export_insert_own on data_export for insert to :"app"
  with check (person_id = (select app.signed_in_person()) and organization_id = (select app.signed_in_organization()));

-- Instead of what was erased, where something has to stand.
create or replace function app.removed_words() returns text
language sql immutable parallel safe return '(removed)';

-- The words of a line of Markdown, by which two lines are the same: without marks of lists, tasks, quotes and headings at its beginning,
-- invisible characters, and the width of white space. So ticking a task or indenting a line does not change its author.
create or replace function app.words_of_line(line text) returns text
language sql immutable parallel safe set search_path = pg_catalog, pg_temp as $$
  select rtrim(regexp_replace(
    regexp_replace(
      regexp_replace(line, '[\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]', '', 'g'),
      '[\s\u00a0\u2000-\u200a\u202f\u205f\u3000]+', ' ', 'g'
    ),
    '^(?: |>|[-*+](?= |$)|#{1,6}(?= |$)|[0-9]{1,9}[.)](?= |$)|\[[ xX]\](?= |$))+', ''
  ))
$$;

-- Who wrote each line of shared notes, now and in every version: the author of the version in which its words appear first, so that moving a
-- line, or writing it again, takes it from nobody.
create or replace function app.authors_of_lines(notes uuid, out words text, out author_id uuid) returns setof record
language sql stable security invoker set search_path = pg_catalog, public, pg_temp as $$
  with text_of as (
    select v.version, v.author_id, v.text from shared_notes_version v where v.notes_id = notes
    union all
    select n.version, n.updated_by_id, n.text from shared_notes n where n.id = notes
  ), line as (
    select app.words_of_line(l.words) as words, t.author_id, t.version
    from text_of t cross join lateral string_to_table(t.text, E'\n') as l (words)
  )
  select distinct on (line.words) line.words, line.author_id from line order by line.words, line.version
$$;

-- The lines of shared notes, as they are now, that a person wrote.
create or replace function app.lines_of_author(notes uuid, author uuid) returns text[]
language sql stable security invoker set search_path = pg_catalog, public, pg_temp as $$
  select coalesce(array_agg(line.words order by line.place), '{}')
  from shared_notes n
  cross join lateral string_to_table(n.text, E'\n') with ordinality as line (words, place)
  join app.authors_of_lines(notes) w on w.words = app.words_of_line(line.words)
  where n.id = notes and w.author_id = author and w.words not in ('', app.removed_words())
$$;

-- Adds the goals of an export to those of the viewer; the service has checked them. A goal has an id here that follows from the viewer and
-- its id in the file, so that the file is imported once; goals of the viewer that are in the file under their own id are there already.
-- Instants are exported with milliseconds: entries of the same millisecond keep their order by microseconds. What is imported counts as
-- written now, so that no share includes it that does not include the past. Runs as the owner, because nobody may write created_at.
-- Returns the ids of the goals here, in the order of the file.
create or replace function app.import_goals(goals jsonb, out imported uuid[], out already_there uuid[])
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  me uuid := app.viewer();
  home uuid := app.organization();
begin
  if me is null then
    raise exception 'sign in to import goals' using errcode = 'MU050';
  end if;
  with given as materialized (
    select md5(concat_ws(' ', 'imported goal', me, g.value ->> 'id'))::uuid as id, own.id as own_id, g.place, g.value as goal,
      (g.value ->> 'createdAt')::timestamptz
        + row_number() over (partition by g.value ->> 'createdAt' order by g.place) * interval '1 microsecond' as created_at
    from jsonb_array_elements(import_goals.goals) with ordinality g (value, place)
    left join personal_goal own on own.id = (g.value ->> 'id')::uuid and own.owner_id = me
  ), added as (
    insert into personal_goal (
      id, organization_id, owner_id, title, why, horizon, target_on, status, measure_unit, measure_start, measure_current, measure_target
    )
    select n.id, home, me, goal ->> 'title', goal ->> 'why', goal ->> 'horizon', (goal ->> 'targetOn')::date, goal ->> 'status',
      goal #>> '{measure,unit}', (goal #>> '{measure,start}')::double precision,
      (goal #>> '{measure,current}')::double precision, (goal #>> '{measure,target}')::double precision
    from given n where n.own_id is null
    on conflict (id) do nothing
    returning id
  ), own as (
    insert into personal_goal_own (goal_id, organization_id, owner_id, area, version, created_at, updated_at)
    select n.id, home, me, n.goal ->> 'area', (n.goal ->> 'version')::integer, n.created_at, (n.goal ->> 'updatedAt')::timestamptz
    from given n join added a on a.id = n.id
  ), wordings as (
    insert into personal_goal_version (goal_id, version, organization_id, owner_id, title, why, at)
    select n.id, (w ->> 'version')::integer, home, me, w ->> 'title', w ->> 'why', (w ->> 'at')::timestamptz
    from given n join added a on a.id = n.id cross join lateral jsonb_array_elements(n.goal -> 'history') w
  ), steps as (
    insert into milestone (organization_id, goal_id, owner_id, title, position, reached_on, reached_at)
    select home, n.id, me, m.value ->> 'title', m.place, (m.value ->> 'reachedOn')::date,
      case when m.value ->> 'reachedOn' is not null then now() end
    from given n join added a on a.id = n.id
    cross join lateral jsonb_array_elements(n.goal -> 'milestones') with ordinality m (value, place)
  ), written as (
    insert into goal_update (organization_id, goal_id, author_id, text, measured_value, at)
    select home, n.id, me, u.value ->> 'text', (u.value ->> 'measuredValue')::double precision,
      (u.value ->> 'at')::timestamptz
        + (row_number() over (partition by n.id, u.value ->> 'at' order by u.place) % 1000) * interval '1 microsecond'
    from given n join added a on a.id = n.id
    cross join lateral jsonb_array_elements(n.goal -> 'updates') with ordinality u (value, place)
  )
  select coalesce(array_agg(n.id order by n.place) filter (where a.id is not null), '{}'),
    coalesce(array_agg(coalesce(n.own_id, n.id) order by n.place) filter (where a.id is null), '{}')
  into imported, already_there
  from given n left join added a on a.id = n.id;
end $$;

-- Deletes export files that have expired. Returns the number, at most `at_most`.
create or replace function app.delete_expired_exports(at_most integer) returns integer
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  deleted integer;
begin
  delete from data_export where id in (
    select x.id from data_export x where x.expires_at <= now() limit at_most for update skip locked
  );
  get diagnostics deleted = row_count;
  return deleted;
end $$;

grant execute on function app.removed_words(), app.words_of_line(text), app.authors_of_lines(uuid), app.lines_of_author(uuid, uuid), app.import_goals(jsonb) to :"app";
grant execute on function app.delete_expired_exports(integer) to :"worker";
