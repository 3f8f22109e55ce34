-- What a person takes with them.
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

-- For a text with one line for each paragraph or item: which of its lines a person wrote. A line belongs to the author of the version in
-- which its words appear first, white space aside, so that moving a line, or writing it again, takes it from nobody.
create or replace function app.lines_of_author(notes uuid, author uuid) returns text[]
language sql stable security invoker set search_path = pg_catalog, public, pg_temp as $$
  with written as (
    select distinct on (btrim(line.words, E' \t\r')) btrim(line.words, E' \t\r') as words, v.author_id
    from shared_notes_version v cross join lateral string_to_table(v.text, E'\n') as line (words)
    where v.notes_id = notes
    order by btrim(line.words, E' \t\r'), v.version
  )
  select coalesce(array_agg(line.words order by line.place), '{}')
  from shared_notes n
  cross join lateral string_to_table(n.text, E'\n') with ordinality as line (words, place)
  join written w on w.words = btrim(line.words, E' \t\r')
  where n.id = notes and w.author_id = author and w.words <> ''
$$;

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

grant execute on function app.lines_of_author(uuid, uuid) to :"app";
grant execute on function app.delete_expired_exports(integer) to :"worker";
