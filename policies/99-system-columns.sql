-- ------------------------------------------------------------------------------------------------ system columns
-- Of a row that somebody may see, xmin, xmax and ctid show more than the row does: a foreign key locks the row that it refers to, and
-- the lock stays in xmax. So the sender of an invitation would see that it was declined, the proposer that their proposal was, and a
-- participant that the other one began a draft. Who may read a table may read its columns, and none of the system columns: SELECT on
-- a whole table is turned into SELECT on each of its columns. Comes after all other grants.

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
