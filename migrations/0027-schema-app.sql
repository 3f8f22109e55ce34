-- The functions that policies and services call move from the schema "law" to the schema "app".

do $$
begin
  if exists (select 1 from pg_namespace where nspname = 'law') then
    alter schema law rename to app;
  end if;
end
$$;
