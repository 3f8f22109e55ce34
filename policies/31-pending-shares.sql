-- What makes a share PENDING. Tables: none; reads reporting_line, organization and, through app.has_shared_first (02-visible-rows.sql),
-- goal_share and personal_goal.
--
-- A share begins as PENDING or ACTIVE when it is inserted (goal_share_before_insert in 30-personal-goals.sql). It becomes ACTIVE once, when
-- the other person shares (goal_share_after_insert, personal_goal_visibility_changed) or the owner decides not to wait.

-- Whether a share begins as PENDING: it is with the owner's primary manager, the organization wants leaders to share first, and the
-- manager has not shared anything with the owner yet.
create or replace function app.share_begins_pending(owner_id uuid, with_id uuid) returns boolean
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select exists (
      select 1 from reporting_line l join organization o on o.id = l.organization_id
      where l.report_id = share_begins_pending.owner_id and l.manager_id = share_begins_pending.with_id and l.kind = 'PRIMARY'
        and l.starts_at <= now() and (l.ends_at is null or now() < l.ends_at)
        and o.leaders_share_first
    )
    and not app.has_shared_first(with_id, owner_id)
$$;

-- The same for a share of the caller, before they make it. It depends only on rows that the caller can see.
create or replace function app.own_share_begins_pending(with_id uuid) returns boolean
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select coalesce(app.share_begins_pending(app.viewer(), with_id), false)
$$;
grant execute on function app.own_share_begins_pending(uuid) to :"app";
