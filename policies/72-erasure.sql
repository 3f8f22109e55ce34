-- Erasure of what a person wrote: on their request, and 90 days after they have left (docs/domain.md, Erasure).
--
-- table    who sees a row                       who adds, changes and deletes it
-- erasure  the person, until it is carried out  the person asks and takes it back; app.erase_person carries it out
--
-- The worker decides when, and reads nothing: app.people_to_erase returns ids of people for whom it is due, and app.erase_person does
-- nothing for anybody else. What it does is one transaction for each person, and the same again does nothing.
--
-- test/policies/personal-data.ts lists every table with what becomes of it. A table that is not in the list fails a test.

alter table erasure enable row level security;
grant select (id, organization_id, person_id, requested_at, executes_at), insert (organization_id, person_id), delete on erasure to :"app";
create policy erasure_select_own_pending on erasure for select to :"app"
  using (person_id = (select app.signed_in_person()) and executed_at is null);
create policy erasure_insert_own on erasure for insert to :"app"
  with check (person_id = (select app.signed_in_person()) and organization_id = (select app.signed_in_organization()));
create policy erasure_delete_own_pending on erasure for delete to :"app"
  using (person_id = (select app.signed_in_person()) and executed_at is null);

-- Tells the person by mail, who may not be the one who holds the session.
create or replace function app.erasure_requested() returns trigger
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  insert into outbox_mail (organization_id, kind, recipient, person_id, about)
  select new.organization_id, 'ERASURE_REQUESTED', a.sign_in_address, a.person_id, jsonb_build_object(
    'organization', o.name,
    'day', (new.executes_at at time zone app.usable_time_zone(z.time_zone, o.time_zone))::date
  )
  from account a join organization o on o.id = a.organization_id left join person_time_zone z on z.person_id = a.person_id
  where a.person_id = new.person_id;
  return null;
end $$;
create or replace trigger erasure_requested after insert on erasure
  for each row when (row_security_active('erasure'::regclass)) execute function app.erasure_requested();

-- Who wrote the explanation of an alignment: its owner can change that of a proposal.
create or replace function app.alignment_how_changed() returns trigger
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  update alignment_own n set how_by_id = app.viewer() where n.alignment_id = new.id;
  return null;
end $$;
create or replace trigger alignment_how_changed after update on alignment
  for each row when (new.how is distinct from old.how) execute function app.alignment_how_changed();

-- ------------------------------------------------------------------------------------------------ words

-- Who worded an action item last. Without a history, who made it.
create or replace function app.last_author_of_item(item uuid, made_by uuid) returns uuid
language sql stable set search_path = pg_catalog, public, pg_temp as $$
  select coalesce((
    select v.author_id from action_item_version v where v.item_id = item order by v.version desc limit 1
  ), made_by)
$$;

-- A text in which lines with these words (app.words_of_line) are replaced, several in a row by one. Not longer than a text may be, however
-- short the lines were.
create or replace function app.without_lines(page text, words text[]) returns text
language sql immutable set search_path = pg_catalog, public, pg_temp as $$
  with line as (
    select l.place, case when app.words_of_line(l.words) = any (without_lines.words) then null else l.words end as words
    from string_to_table(page, E'\n') with ordinality l (words, place)
  ), kept as (
    select place, words from (
      select place, words, lag(words is null) over (order by place) as follows_removed from line
    ) l where words is not null or follows_removed is not true
  ), marked as (
    select string_agg(coalesce(words, app.removed_words()), E'\n' order by place) as long,
      string_agg(coalesce(words, '·'), E'\n' order by place) as short
    from kept
  )
  select coalesce(case when char_length(long) <= greatest(20000, char_length(page)) then long else short end, '') from marked
$$;

-- ------------------------------------------------------------------------------------------------ what is due

-- How many things of each kind the caller would erase. Counts their own only, also those that they cannot see after leaving.
create or replace function app.erasure_preview(out kind text, out count integer) returns setof record
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  with me as (select person_id as id from app.live_session()),
  pair as (select o.id from me join one_to_one o on me.id in (o.first_id, o.second_id)),
  talk as (select c.id from pair join conversation c on c.one_to_one_id = pair.id)
  select c.kind, c.count from (
    select 'GOALS', count(*)::integer from me join personal_goal g on g.owner_id = me.id
    union all select 'UPDATES', count(*) from me join goal_update u on u.author_id = me.id
      join personal_goal g on g.id = u.goal_id
    union all select 'POINTS', count(*) from me, pair join talking_point t on t.one_to_one_id = pair.id where t.author_id = me.id
    union all select 'PRIVATE_NOTES', count(*) from me, talk join private_notes n on n.conversation_id = talk.id
      where n.author_id = me.id and n.text <> ''
    union all select 'SHARED_NOTES', count(*) from me, talk join shared_notes n on n.conversation_id = talk.id
      where exists (select from shared_notes_version v where v.notes_id = n.id and v.author_id = me.id)
    union all select 'ACTION_ITEMS', count(*) from me, pair join action_item i on i.one_to_one_id = pair.id
      where app.last_author_of_item(i.id, i.created_by_id) = me.id
    union all select 'FEEDBACK', count(*) from me join conversation_feedback f on f.author_id = me.id
    union all select 'TEMPLATES', count(*) from me join agenda_template a on a.owner_id = me.id
    union all select 'MANDATES', count(*) from me join mandate_own m on coalesce(m.text_by_id, m.granted_by_id) = me.id
    union all select 'PROPOSALS', count(*) from me join alignment a on a.proposed_by_id = me.id and a.owner_id <> me.id
    union all select 'IMPORTS', count(*) from me join notes_import n on n.proposed_by_id = me.id and n.accepted_at is null
    union all select 'STAYING', (select count(*) from me join business_goal b on b.owner_id = me.id)
      + (select count(*) from me join check_in k on k.author_id = me.id)
      + (select count(*) from me join barrier b on b.raised_by_id = me.id)
      + (select count(*) from me join barrier_answer b on b.by_id = me.id)
      + (select count(*) from me join story_author s on s.person_id = me.id)
  ) c (kind, count) where exists (select from me)
$$;

-- The people for whom erasure is due, at most `at_most`: first those who have waited longest.
create or replace function app.people_to_erase(at_most integer) returns setof uuid
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select due.person_id from (
    select x.person_id, x.executes_at as at from erasure x where x.executed_at is null and x.executes_at <= now()
    union all
    select e.person_id, e.access_until from employment_end e where e.access_until <= now() and e.erased_at is null
  ) due
  group by due.person_id order by min(due.at), due.person_id limit at_most
$$;

-- ------------------------------------------------------------------------------------------------ erasing

-- Erases what a person wrote. Everything that others wrote stays, with dates and the fact that two people met. Not granted.
create or replace function app.erase_content(target uuid) returns void
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  removed constant text := app.removed_words();
  pairs uuid[];
  talks uuid[];
begin
  -- Nobody writes in their one-to-ones meanwhile.
  perform 1 from one_to_one o where target in (o.first_id, o.second_id) order by o.id for update;
  pairs := array(select o.id from one_to_one o where target in (o.first_id, o.second_id));
  talks := array(select c.id from conversation c where c.one_to_one_id = any (pairs));

  -- Export files: the person's own, and those of people who hold words of theirs, who can export again.
  delete from data_export x where x.person_id = target or x.person_id in (
    select case when o.first_id = target then o.second_id else o.first_id end from one_to_one o where o.id = any (pairs)
    union select unnest(array[m.granted_by_id, m.to_id]) from mandate_own m where coalesce(m.text_by_id, m.granted_by_id) = target
    union select h.person_id from handover h where h.from_id = target
    union select a.owner_id from alignment a where a.proposed_by_id = target
  );

  -- With milestones, updates, wordings, shares and alignments.
  delete from personal_goal g where g.owner_id = target;
  delete from goal_access a where a.owner_id = target;
  delete from alignment a where a.proposed_by_id = target and a.state = 'PROPOSED';
  update alignment a set how = null from alignment_own n
  where n.alignment_id = a.id and a.proposed_by_id = target and a.how is not null and coalesce(n.how_by_id, target) = target;

  delete from talking_point t where t.one_to_one_id = any (pairs) and t.author_id = target;
  delete from private_notes n where n.conversation_id = any (talks) and n.author_id = target;
  delete from conversation_feedback f where f.author_id = target;
  delete from agenda_template a where a.owner_id = target;
  perform app.forget_pulse_respondent(target);
  perform app.forget_trend_participant(target);
  delete from notes_import n where n.proposed_by_id = target and n.accepted_at is null;

  -- The words of an action item belong to the person who wrote them last; each wording in its history to its author.
  update action_item i set text = removed, version = i.version + 1
  where i.one_to_one_id = any (pairs) and i.text <> removed and app.last_author_of_item(i.id, i.created_by_id) = target;
  update action_item_version v set text = removed
  from action_item i
  where i.one_to_one_id = any (pairs) and v.item_id = i.id and v.author_id = target and v.text <> removed;

  -- Lines of shared notes, in the present text and in every version, belong to the person who wrote them first (app.authors_of_lines).
  with page as materialized (
    select n.id from shared_notes n
    where n.conversation_id = any (talks)
      and (n.updated_by_id = target or exists (select from shared_notes_version v where v.notes_id = n.id and v.author_id = target))
  ), theirs as materialized (
    select p.id as notes_id, array_agg(w.words) as words from page p cross join lateral app.authors_of_lines(p.id) w
    where w.author_id = target and w.words not in ('', removed, '·') group by p.id
  ), versions as (
    update shared_notes_version v set text = app.without_lines(v.text, t.words) from theirs t where v.notes_id = t.notes_id
  )
  update shared_notes n set text = app.without_lines(n.text, t.words), version = n.version + 1 from theirs t where n.id = t.notes_id;

  -- A promise that the new manager has taken up in the words of the person, and not worded again.
  with taken_up as (
    select o.action_item_id as id, o.text from handover h join handover_offer o on o.line_id = h.line_id
    where h.person_id = target and o.kind = 'PROMISE' and o.action_item_id is not null and o.text <> removed
  ), versions as (
    update action_item_version v set text = removed from taken_up t where v.item_id = t.id and v.text = t.text
  )
  update action_item i set text = removed, version = i.version + 1 from taken_up t where i.id = t.id and i.text = t.text;

  -- Offered: promises in the words of the person, mandates in those of the manager who wrote them. Before the mandates, which say who did:
  -- one that is granted again at this moment is there when the offer is no longer locked.
  update handover_offer o set text = removed from handover h
  where h.line_id = o.line_id and o.text <> removed and case o.kind
    when 'PROMISE' then h.person_id = target
    else target in (
      select coalesce(n.text_by_id, n.granted_by_id) from mandate m join mandate_own n on n.mandate_id = m.id
      where m.line_id = o.line_id and m.text = o.text
    )
  end;
  -- A mandate without words allows nothing. Others may have granted it: locked first, so that nobody words it again meanwhile.
  perform 1 from mandate m
  where m.id in (select n.mandate_id from mandate_own n where coalesce(n.text_by_id, n.granted_by_id) = target)
  order by m.id for update;
  update mandate m set text = removed, published = false, ended_at = coalesce(m.ended_at, now()) from mandate_own n
  where n.mandate_id = m.id and coalesce(n.text_by_id, n.granted_by_id) = target and m.text <> removed;
  -- A story without a name has no author from now on.
  delete from story_author a where a.person_id = target and not a.named;

  delete from idempotency_key k where k.viewer_id = target;
  delete from session s where s.person_id = target
    and (s.revoked_at is not null or s.expires_at <= now() or s.last_seen_at <= now() - interval '16 days');
end $$;

-- The errors of an import report without the words of those that name this person.
create or replace function app.without_person(errors jsonb, named person) returns jsonb
language sql immutable set search_path = pg_catalog, public, pg_temp as $$
  select coalesce(jsonb_agg(
    case when exists (
      select from unnest(array[named.name, named.email, named.external_id]) w (word)
      where position(w.word in e.value ->> 'message') > 0
    ) then e.value || jsonb_build_object('message', app.removed_words()) else e.value end order by e.place
  ), '[]')
  from jsonb_array_elements(errors) with ordinality e (value, place)
$$;

-- Erases the account and the entry in the directory of a person who has left. What stays refers to "Former colleague". Not granted.
create or replace function app.erase_account(target uuid) returns void
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  removed constant text := app.removed_words();
  was person;
  mails uuid[];
begin
  select p.* into was from person p where p.id = target for update;
  mails := array(
    select m.id from outbox_mail m
    where m.person_id = target or m.organization_id = was.organization_id and m.about ->> 'name' = was.name
  );
  delete from graphile_worker._private_jobs j where (j.payload ->> 'id')::uuid = any (mails) and j.locked_at is null;
  delete from outbox_mail m where m.id = any (mails);
  delete from address_change c where c.person_id = target;
  delete from password_reset r where r.person_id = target;
  delete from invitation i where i.person_id = target;
  delete from session s where s.person_id = target;
  -- API tokens that the person made; they ended with the employment.
  update session s set label = removed where s.created_by = target and s.person_id is null;
  delete from account a where a.person_id = target;
  delete from role_grant r where r.person_id = target;
  delete from person_preference p where p.person_id = target;
  delete from person_time_zone z where z.person_id = target;
  delete from one_to_one_decline d where d.person_id = target;
  update import_outcome r set absent = r.absent - was.external_id
  where r.organization_id = was.organization_id and r.absent ? was.external_id;
  update import_report r set errors = app.without_person(r.errors, was)
  where r.organization_id = was.organization_id and r.errors is distinct from app.without_person(r.errors, was);
  update import_outcome r set errors = app.without_person(r.errors, was)
  where r.organization_id = was.organization_id and r.errors is distinct from app.without_person(r.errors, was);
  update person p
  set name = 'Former colleague', email = null, title = null, external_id = null, department_id = null, location_id = null, hired_on = null
  where p.id = target;
  update employment_end e set erased_at = now() where e.person_id = target;
end $$;

-- Erases what a person wrote if that is due, and everything about them if they have left. Returns whether it did.
create or replace function app.erase_person(target uuid) returns boolean
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  home uuid;
  is_requested boolean;
  has_left boolean;
  is_over boolean;
begin
  select p.organization_id into home from person p where p.id = target;
  if not found then
    return false;
  end if;
  -- One erasure of a person at a time; and the directory, which changes for people who have left, not during an import.
  perform pg_advisory_xact_lock(hashtextextended('erasure:' || target, 0));
  perform pg_advisory_xact_lock(hashtextextended('people:' || home, 0));
  -- An export that has read the words would be stored after they are erased: exports in progress finish first, and others wait.
  perform pg_advisory_xact_lock(hashtextextended('export:' || home, 0));
  perform 1 from erasure x where x.person_id = target and x.executed_at is null and x.executes_at <= now() for update;
  is_requested := found;
  select e.ended_at <= now(), e.access_until <= now() and e.erased_at is null into has_left, is_over
  from employment_end e where e.person_id = target;
  if not (is_requested or coalesce(is_over, false)) then
    return false;
  end if;
  perform app.erase_content(target);
  if has_left then
    perform app.erase_account(target);
  end if;
  update erasure x set executed_at = now() where x.person_id = target and x.executed_at is null and (is_requested or has_left);
  insert into audit_entry (organization_id, actor_id, action, subject)
  values (
    home, case when is_requested then target end, 'DATA_ERASED',
    format('Person %s: %s', target, case when is_requested then 'on request' else 'after leaving' end)
  );
  return true;
end $$;

-- Deletes what is stored of erasures that were carried out a month ago. Returns the number, at most `at_most`.
create or replace function app.delete_finished_erasures(at_most integer) returns integer
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  deleted integer;
begin
  delete from erasure where id in (
    select x.id from erasure x where x.executed_at <= now() - interval '30 days' limit at_most for update skip locked
  );
  get diagnostics deleted = row_count;
  return deleted;
end $$;

grant execute on function app.erasure_preview(), app.last_author_of_item(uuid, uuid) to :"app";
grant execute on function app.people_to_erase(integer), app.erase_person(uuid), app.delete_finished_erasures(integer) to :"worker";
