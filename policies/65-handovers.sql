-- Handovers: what a person passes on when their manager changes (docs/domain.md, Change of manager). Nothing moves by itself.
--
-- table           who sees a row                                    who adds, changes and deletes it
-- handover        the person; the new manager while they manage     the person adds, once; nobody changes or deletes
--                   the person, if something was offered to them
-- handover_offer  as the handover                                   the person adds, in the transaction that completes the handover;
--                                                                   the new manager takes it up, once
--
-- The former manager sees neither.

-- The managers whose PRIMARY line with the viewer ended in the last 90 days and who are not their manager now: the line, them, the present
-- manager if there is one, and the first day without them. Derived when it is read, so that no way in which a manager changes is missed.
-- Runs under the policies of the caller, who can see the past of their own lines.
create or replace function app.own_former_managers(
  out line_id uuid, out from_id uuid, out to_id uuid, out opened_on date, out ended_at timestamptz
) returns setof record
language sql stable set search_path = pg_catalog, public, pg_temp as $$
  select distinct on (l.manager_id) l.id, l.manager_id, present.manager_id, ending.on_day, ending.at
  from reporting_line l
  cross join lateral (
    select min(e.ends_on) as on_day, min(e.ends_at) as at from reporting_line_end e where e.line_id = l.id
  ) ending
  left join lateral (
    select p.manager_id from reporting_line p
    where p.report_id = l.report_id and p.kind = 'PRIMARY' and p.starts_at <= now()
      and not exists (select 1 from reporting_line_end e where e.line_id = p.id and e.ends_at <= now())
  ) present on true
  where l.report_id = (select app.viewer()) and l.kind = 'PRIMARY'
    and ending.at <= now() and ending.at > now() - interval '90 days' and ending.on_day > l.starts_on
    and l.manager_id is distinct from present.manager_id
  order by l.manager_id, ending.at desc, l.id
$$;
grant execute on function app.own_former_managers() to :"app";

-- The handovers that offer something to the viewer, who manages the person.
create or replace function app.offered_handover_ids() returns uuid[]
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select array(
    select h.line_id from handover h
    where h.to_id = (select app.viewer())
      and exists (select 1 from handover_offer o where o.line_id = h.line_id)
      and app.open_line_of_report(h.person_id) is not null
  )
$$;
grant execute on function app.offered_handover_ids() to :"app";

-- ---------------------------------------------------------------- handover

alter table handover enable row level security;
grant select, insert (line_id, organization_id, person_id, from_id, to_id, opened_on) on handover to :"app";
create policy handover_select_own_or_offered on handover for select to :"app" using (
  person_id = (select app.viewer()) or line_id = any ((select app.offered_handover_ids())::uuid[])
);
create policy handover_insert_own on handover for insert to :"app" with check (
  person_id = (select app.viewer())
  and exists (
    select 1 from app.own_former_managers() f
    where (f.line_id, f.from_id, f.to_id, f.opened_on)
      = (handover.line_id, handover.from_id, handover.to_id, handover.opened_on)
  )
);

-- ---------------------------------------------------------------- handover_offer

alter table handover_offer enable row level security;
grant select, insert (organization_id, line_id, kind, position, text, day), update (action_item_id, mandate_id)
  on handover_offer to :"app";
create policy handover_offer_select_with_handover on handover_offer for select to :"app"
  using (exists (select 1 from handover h where h.line_id = handover_offer.line_id));
-- A handover is composed at once. A mandate is offered as it was granted.
create policy handover_offer_insert_own on handover_offer for insert to :"app" with check (
  exists (
    select 1 from handover h
    where h.line_id = handover_offer.line_id and h.person_id = (select app.viewer()) and h.completed_at = now()
  )
  and (
    kind = 'PROMISE'
    or exists (
      select 1 from mandate m
      where m.line_id = handover_offer.line_id and m.to_id = (select app.viewer()) and m.text = handover_offer.text
        and m.last_day is not distinct from handover_offer.day
    )
  )
);
-- By what they themselves promised or granted to this person.
create policy handover_offer_update_new_manager on handover_offer for update to :"app"
  using (line_id = any ((select app.offered_handover_ids())::uuid[]))
  with check (
    exists (
      select 1 from handover h
      where h.line_id = handover_offer.line_id
        and (
          handover_offer.action_item_id is null
          or exists (
            select 1 from action_item i join one_to_one o on o.id = i.one_to_one_id
            where i.id = handover_offer.action_item_id
              and i.owner_id = (select app.viewer()) and h.person_id in (o.first_id, o.second_id)
          )
        )
        and (
          handover_offer.mandate_id is null
          or exists (
            select 1 from mandate m
            where m.id = handover_offer.mandate_id and m.granted_by_id = (select app.viewer()) and m.to_id = h.person_id
          )
        )
    )
  );

create or replace function app.handover_offer_guard() returns trigger
language plpgsql security invoker set search_path = pg_catalog, public, pg_temp as $$
begin
  if old.action_item_id is not null or old.mandate_id is not null then
    raise exception 'this was taken up already' using errcode = 'MU140';
  end if;
  return new;
end $$;
create or replace trigger handover_offer_guard before update on handover_offer
  for each row when (row_security_active('handover_offer'::regclass)) execute function app.handover_offer_guard();

-- A mandate that is granted again word for word is in the words of the manager who wrote it.
create or replace function app.handover_offer_mandate_granted() returns trigger
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  update mandate_own n set text_by_id = coalesce(written.text_by_id, written.granted_by_id)
  from mandate granted, mandate former join mandate_own written on written.mandate_id = former.id
  where n.mandate_id = new.mandate_id and granted.id = new.mandate_id and granted.text = new.text
    and former.line_id = new.line_id and former.text = new.text;
  return null;
end $$;
create or replace trigger handover_offer_mandate_granted after update of mandate_id on handover_offer
  for each row when (new.mandate_id is not null) execute function app.handover_offer_mandate_granted();
