-- Hides system columns. Runs after all other grants.
--
-- Tables: all that the API's login can read. Guard: SELECT on a table is replaced by SELECT on each of its columns.
-- Reason: SELECT on a table includes xmin, xmax and ctid. A foreign key locks the row that it refers to, and the lock stays in xmax. An
-- invitation's row would show its sender that it was declined, a conversation's row that the other person began a draft.

do $$
declare
  readable record;
begin
  for readable in
    select c.oid::regclass as name, (
      select string_agg(quote_ident(a.attname), ', ' order by a.attnum) from pg_attribute a
      where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    ) as columns
    from pg_class c cross join lateral aclexplode(c.relacl) g
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
      and g.grantee = ':"app"'::regrole and g.privilege_type = 'SELECT'
  loop
    execute format('revoke select on table %s from :"app"; grant select (%s) on table %1$s to :"app"', readable.name, readable.columns);
  end loop;
end $$;
