-- Text as it is stored: in NFC; names, titles and ids without invisible characters that mean nothing. Names, external ids and
-- addresses that look alike exist once (0015-folded-text.sql). And what a search compares.
--
-- A migration is one transaction, in which no index is made concurrently.
-- squawk-ignore-file require-concurrent-index-deletion, require-concurrent-index-creation

-- The new keys are made below, once nothing contradicts them.
alter table department drop constraint department_organization_id_name_key;
alter table location drop constraint location_organization_id_name_key;
alter table cycle drop constraint cycle_organization_id_name_key;
alter table organization drop constraint organization_name_key;
alter table person drop constraint person_organization_id_external_id_key;
drop index person_email_key;
drop index account_sign_in_address_key;

-- ---------------------------------------------------------------------- what is there already

-- Names, titles and ids as libs/common/text/clean.ts leaves them, but that every joiner, variation selector and tag stays.
create function pg_temp.clean_line(words text) returns text language sql immutable strict as $$
  select btrim(regexp_replace(
    normalize(regexp_replace(
      regexp_replace(words, '[\u0009-\u000d\u0020\u0085\u00a0\u1680\u2000-\u200a\u2028-\u2029\u202f\u205f\u3000]+', ' ', 'g'),
      '[\u0001-\u001f\u007f-\u009f\u00ad\u034f\u061c\u115f-\u1160\u17b4-\u17b5\u180e\u200b\u200e-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufdd0-\ufdef\ufeff\uffa0\ufff0-\ufffb\ufffe-\uffff\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e001f\U000e0080-\U000e00ff\U000e01f0-\U000e0fff]+',
      '', 'g'), nfc),
    ' +', ' ', 'g'))
$$;

-- Text that is stored in NFC gets a check of that. The kinds differ in what they may lose and in how long they may be:
-- line: one line; a reader counts grapheme clusters, so that the number here only bounds their code points (10 of each);
-- name: a line that an index holds, which bounds its bytes; text: Markdown, whose code points are counted.
do $$
declare
  item record;
  was record;
  clean text;
begin
  for item in
    select * from (values
      ('organization', 'name', 'name', null), ('department', 'name', 'name', null), ('location', 'name', 'name', null),
      ('cycle', 'name', 'name', null), ('person', 'name', 'name', null), ('person', 'external_id', 'name', null),
      ('person', 'title', 'line', 2000), ('session', 'label', 'line', 2000),
      ('personal_goal', 'title', 'line', 2000), ('personal_goal', 'measure_unit', 'line', 500),
      ('personal_goal', 'why', 'text', null), ('personal_goal_own', 'area', 'line', 1000),
      ('personal_goal_version', 'title', 'line', null), ('personal_goal_version', 'why', 'text', null),
      ('milestone', 'title', 'line', 2000), ('goal_update', 'text', 'text', null),
      ('business_goal', 'title', 'line', 2000), ('business_goal', 'description', 'text', null),
      ('key_result', 'title', 'line', 2000), ('key_result', 'unit', 'line', 500),
      ('check_in', 'text', 'text', null), ('alignment', 'how', 'text', null),
      ('talking_point', 'text', 'text', null), ('talking_point_version', 'text', 'text', null),
      ('shared_notes', 'text', 'text', null), ('shared_notes_version', 'text', 'text', null),
      ('private_notes', 'text', 'text', null),
      ('action_item', 'text', 'text', null), ('action_item_version', 'text', 'text', null)
    ) as c (table_name, column_name, kind, longest)
  loop
    if item.kind <> 'text' then
      for was in
        select conname from pg_constraint
        where conrelid = item.table_name::regclass and contype = 'c'
          and conkey = array[(select attnum from pg_attribute where attrelid = item.table_name::regclass and attname = item.column_name)]
          and pg_get_constraintdef(oid) like '%char_length(' || item.column_name || ')%'
      loop
        execute format('alter table %I drop constraint %I', item.table_name, was.conname);
      end loop;
      clean := format('coalesce(nullif(pg_temp.clean_line(%1$I), %2$L), %3$s)', item.column_name, '', case
        when (select attnotnull from pg_attribute where attrelid = item.table_name::regclass and attname = item.column_name)
          or item.column_name = 'measure_unit' then quote_literal('Untitled') else 'null' end);
    else
      -- The decomposed form can be the shorter one; what then does not fit is cut.
      clean := format(
        'left(normalize(%1$I, nfc), %2$s)',
        item.column_name, case item.table_name when 'private_notes' then '10000000' else '20000' end);
    end if;
    execute format('update %I set %2$I = %3$s where %2$I is not null and %2$I is distinct from %3$s', item.table_name, item.column_name, clean);
    execute format('alter table %I add constraint %I check (%I is nfc normalized)',
      item.table_name, item.table_name || '_' || item.column_name || '_nfc', item.column_name);
    if item.kind = 'name' then
      execute format('alter table %I add constraint %I check (octet_length(%I) between 1 and 2400)',
        item.table_name, item.table_name || '_' || item.column_name || '_length', item.column_name);
    elsif item.longest is not null then
      execute format('alter table %I add constraint %I check (char_length(%I) between %s and %s)',
        item.table_name, item.table_name || '_' || item.column_name || '_length', item.column_name,
        case when item.table_name in ('session', 'person') then 0 else 1 end, item.longest);
    end if;
  end loop;
end $$;

-- Addresses without white space, invisible characters and differences of width.
update person set email = replace(without_forms(email), ' ', '') where email <> replace(without_forms(email), ' ', '');
update account set sign_in_address = replace(without_forms(sign_in_address), ' ', '')
where sign_in_address <> replace(without_forms(sign_in_address), ' ', '');
update invitation set address = replace(without_forms(address), ' ', '') where address <> replace(without_forms(address), ' ', '');
update address_change set new_address = replace(without_forms(new_address), ' ', '')
where new_address <> replace(without_forms(new_address), ' ', '');

-- ---------------------------------------------------------------------- what looks alike exists once

-- The oldest of the departments that look alike takes over the people of the others; likewise locations.
with alike as (
  select id, first_value(id) over (partition by organization_id, folded_name(name) order by id) as kept_id from department
)
update person p set department_id = alike.kept_id from alike where p.department_id = alike.id and alike.id <> alike.kept_id;
delete from department d using department older
where older.organization_id = d.organization_id and folded_name(older.name) = folded_name(d.name) and older.id < d.id;

with alike as (
  select id, first_value(id) over (partition by organization_id, folded_name(name) order by id) as kept_id from location
)
update person p set location_id = alike.kept_id from alike where p.location_id = alike.id and alike.id <> alike.kept_id;
delete from location l using location older
where older.organization_id = l.organization_id and folded_name(older.name) = folded_name(l.name) and older.id < l.id;

-- Of cycles and organizations both stay: the younger ones get a part of their id behind their name.
update cycle c set name = c.name || ' (' || right(c.id::text, 6) || ')'
where exists (
  select 1 from cycle older
  where older.organization_id = c.organization_id and folded_name(older.name) = folded_name(c.name) and older.id < c.id
);
update organization o set name = o.name || ' (' || right(o.id::text, 6) || ')'
where exists (select 1 from organization older where folded_name(older.name) = folded_name(o.name) and older.id < o.id);

-- Of people likewise; the audit trail says whose entry was changed.
with changed as (
  update person p set external_id = p.external_id || ' (' || right(p.id::text, 6) || ')'
  where exists (
    select 1 from person older
    where older.organization_id = p.organization_id and folded_id(older.external_id) = folded_id(p.external_id)
      and older.id < p.id
  )
  returning p.organization_id, p.id
)
insert into audit_entry (organization_id, action, subject)
select organization_id, 'PERSON_CHANGED', 'Person ' || id from changed;

-- One address is one person's: the oldest entry keeps it.
with changed as (
  update person p set email = null
  where exists (
    select 1 from person older
    where older.organization_id = p.organization_id and folded_address(older.email) = folded_address(p.email) and older.id < p.id
  )
  returning p.organization_id, p.id
)
insert into audit_entry (organization_id, action, subject)
select organization_id, 'PERSON_CHANGED', 'Person ' || id from changed;

-- And one account's: the oldest keeps it, the others are disabled, with an address that nobody has.
with alike as (
  select person_id, row_number() over (partition by folded_address(sign_in_address) order by created_at, person_id) as place
  from account
),
disabled as (
  update account a
  set sign_in_address = a.person_id || '@duplicate.invalid', disabled_at = coalesce(a.disabled_at, now())
  from alike where alike.person_id = a.person_id and alike.place > 1
  returning a.organization_id, a.person_id
),
ended as (
  update session s set revoked_at = now() from disabled d where s.person_id = d.person_id and s.revoked_at is null
)
insert into audit_entry (organization_id, action, subject)
select organization_id, 'ACCOUNT_DISABLED', 'Person ' || person_id from disabled;

create unique index department_name_key on department (organization_id, folded_name(name));
create unique index location_name_key on location (organization_id, folded_name(name));
create unique index cycle_name_key on cycle (organization_id, folded_name(name));
create unique index organization_name_key on organization (folded_name(name));
create unique index person_external_id_key on person (organization_id, folded_id(external_id));
create unique index person_email_key on person (organization_id, folded_address(email));
create unique index account_sign_in_address_key on account (folded_address(sign_in_address));

-- ---------------------------------------------------------------------- what a search compares

-- Without differences of case, width, accents and the marks that are left out in Arabic and Hebrew, and with the letters that have
-- no decomposition as people type them: "oyvind" finds "Øyvind". White space is one space.
create or replace function searchable(words text) returns text
language sql immutable strict parallel safe
return case
  when words !~ '[^\u0009-\u000d\u0020-\u007e]'
    then regexp_replace(lower(words collate pg_unicode_fast), '[\u0009-\u000d\u0020]+', ' ', 'g')
  else normalize(
    replace(replace(replace(
      translate(
        lower(upper(lower(
          regexp_replace(
            normalize(without_forms(words), nfkd),
            '[\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]+',
            '', 'g') collate pg_unicode_fast))),
        'ςøłđðħŧŋĸəǝɛƀɓƈɖɗƒǥɠɨɉƙƚɫɬɱɲƞɵƥɍɽʂȿƭʈʉʋⱳƴɏƶȥʐґ’‘ʼʻ‐‑‒–—',
        'σolddhtnkeeebbcddfggijklllmnnoprrssttuvwyyzzzг''''''''-----'),
      'æ', 'ae'), 'œ', 'oe'), 'þ', 'th'),
    nfkc)
end;
alter table person alter column search_text
  set expression as (searchable(name || ' ' || coalesce(email, '') || ' ' || coalesce(title, '')));
