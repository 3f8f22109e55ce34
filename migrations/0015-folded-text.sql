-- What is compared where two texts that look alike must not both exist, and what a search compares. libs/common/text/ has the
-- same folds (except searchable); a test compares them. All are immutable: generated columns and indexes are made with them, so
-- that a change of one needs a migration that rebuilds these. Upper and lower case come from PostgreSQL's own table of Unicode
-- (pg_unicode_fast), not from the locale of the server.

-- Without differences of width and other forms of one character, invisible characters, and kinds of white space.
create function without_forms(words text) returns text
language sql immutable strict parallel safe
return case
  when words !~ '[^\x20-\x7e]' then words
  else regexp_replace(
    normalize(regexp_replace(words, '[\u0009-\u000d\u0020\u0085\u00a0\u1680\u2000-\u200a\u2028-\u2029\u202f\u205f\u3000]+', ' ', 'g'), nfkc),
    -- Controls, default ignorables, interlinear annotation controls and noncharacters.
    '[\u0001-\u001f\u007f-\u009f\u00ad\u034f\u061c\u115f-\u1160\u17b4-\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufdd0-\ufdef\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\ufffe-\uffff\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U0001fffe-\U0001ffff\U0002fffe-\U0002ffff\U0003fffe-\U0003ffff\U0004fffe-\U0004ffff\U0005fffe-\U0005ffff\U0006fffe-\U0006ffff\U0007fffe-\U0007ffff\U0008fffe-\U0008ffff\U0009fffe-\U0009ffff\U000afffe-\U000affff\U000bfffe-\U000bffff\U000cfffe-\U000cffff\U000dfffe-\U000e0fff\U000efffe-\U000effff\U000ffffe-\U000fffff\U0010fffe-\U0010ffff]+',
    '', 'g')
end;

-- Names and titles: without differences of case too (ß is ss, and every i and ı is one). Accents remain.
create function folded_name(words text) returns text
language sql immutable strict parallel safe
return case
  when words !~ '[^\x20-\x7e]' then btrim(regexp_replace(lower(words collate pg_unicode_fast), ' +', ' ', 'g'))
  else btrim(regexp_replace(
    normalize(
      -- Upper case brings together what lower case leaves apart: ß and ss, ı and i.
      replace(replace(
        lower(upper(lower(without_forms(words) collate pg_unicode_fast))),
        'ς', 'σ'), U&'i\0307', 'i'),
      nfkc),
    ' +', ' ', 'g'))
end;

-- Ids of other systems. Two ids with the same fold are one id.
create function folded_id(id text) returns text
language sql immutable strict parallel safe
return folded_name(id);

-- Two different ids with the same key are probably one that a spreadsheet changed: spaces and leading zeros are left out too.
create function id_twin_key(id text) returns text
language sql immutable strict parallel safe
return regexp_replace(replace(folded_id(id), ' ', ''), '^0+(?=.)', '');

-- Punycode (RFC 3492): what follows xn-- for a label of a domain name.
create function punycode(label text) returns text
language plpgsql immutable strict parallel safe as $$
declare
  codes integer[] := array(select ascii(c) from regexp_split_to_table(label, '') with ordinality as s (c, place) order by place);
  output text := regexp_replace(label, '[^\u0001-\u007f]', '', 'g');
  basic integer := char_length(output);
  handled integer := basic;
  n integer := 128;
  delta bigint := 0;
  bias integer := 72;
  next integer;
  code integer;
  rest bigint;
  k integer;
  threshold integer;
begin
  if basic > 0 then
    output := output || '-';
  end if;
  while handled < cardinality(codes) loop
    select min(c) into next from unnest(codes) c where c >= n;
    delta := delta + (next - n)::bigint * (handled + 1);
    n := next;
    foreach code in array codes loop
      if code < n then
        delta := delta + 1;
      end if;
      continue when code <> n;
      rest := delta;
      k := 36;
      loop
        threshold := least(greatest(k - bias, 1), 26);
        exit when rest < threshold;
        output := output || substr('abcdefghijklmnopqrstuvwxyz0123456789', (threshold + (rest - threshold) % (36 - threshold))::integer + 1, 1);
        rest := (rest - threshold) / (36 - threshold);
        k := k + 36;
      end loop;
      output := output || substr('abcdefghijklmnopqrstuvwxyz0123456789', rest::integer + 1, 1);
      rest := case when handled = basic then delta / 700 else delta / 2 end;
      rest := rest + rest / (handled + 1);
      k := 0;
      while rest > 455 loop
        rest := rest / 35;
        k := k + 36;
      end loop;
      bias := k + (36 * rest / (rest + 38))::integer;
      delta := 0;
      handled := handled + 1;
    end loop;
    delta := delta + 1;
    n := n + 1;
  end loop;
  return output;
end $$;

-- E-mail addresses: without differences of case, width and Unicode form, and with the domain in ASCII (IDNA).
create function folded_address(address text) returns text
language plpgsql immutable strict parallel safe as $$
-- Names with their schema: where indexes are built, the search path is pg_catalog alone.
declare
  folded text;
  local_part text;
begin
  if address !~ '[^\x21-\x7e]' then
    return lower(address collate "C");
  end if;
  folded := normalize(
    lower(replace(replace(replace(public.without_forms(address), ' ', ''), U&'\3002', '.'), 'Σ', 'σ') collate pg_unicode_fast), nfc);
  local_part := coalesce(substring(folded from '^.*@'), '');
  return replace(local_part, 'ς', 'σ') || coalesce((
    select string_agg(case when label ~ '[^\u0001-\u007f]' then 'xn--' || public.punycode(label) else label end, '.' order by place)
    from unnest(string_to_array(substr(folded, char_length(local_part) + 1), '.')) with ordinality as l (label, place)
  ), '');
end $$;
