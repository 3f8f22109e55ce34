import pg from 'pg';

const { builtins } = pg.types;

/** Array types, which pg's list of built-in types does not name. */
const ARRAY = { text: 1009, int8: 1016, numeric: 1231, date: 1182 } as const;

type Format = 'text' | 'binary';
type Parse = (text: string) => unknown;

/** pg declares it for the built-in types only. */
const builtIn = pg.types.getTypeParser as (oid: number, format?: Format) => Parse;

const parsers = new Map<number, Parse>([
  [builtins.INT8, safeInteger],
  [builtins.NUMERIC, Number],
  [builtins.DATE, (text) => text],
  [builtins.TIMESTAMPTZ, timestamp],
  [ARRAY.int8, arrayOf(safeInteger)],
  [ARRAY.numeric, arrayOf(Number)],
  [ARRAY.date, arrayOf((text) => text)],
]);

/**
 * How column values are decoded, for one pool: int8 and numeric → number, date → 'YYYY-MM-DD' (a day has no time zone), timestamptz →
 * Date, other types as pg decodes them. pg's own table of parsers is global and stays unchanged.
 */
export const typeParsers: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: Format) =>
    (format === 'binary' ? undefined : parsers.get(oid)) ?? builtIn(oid, format)) as typeof builtIn,
};

/** @throws RangeError beyond 2^53, where it would be rounded */
function safeInteger(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value))
    throw new RangeError(`The integer ${text} does not fit into a JavaScript number.`);
  return value;
}

const parseTimestamp = builtIn(builtins.TIMESTAMPTZ);

/** Like pg, but without a regular expression for a time in UTC, such as `2026-03-29 01:30:00.123456+00`. */
function timestamp(text: string): unknown {
  if (text[4] !== '-' || text[10] !== ' ' || !text.endsWith('+00')) return parseTimestamp(text);
  return new Date(`${text.slice(0, 10)}T${text.slice(11, -3)}Z`);
}

/** pg's own parser returns an array's elements as text or null. */
function arrayOf(parse: Parse): Parse {
  const parseTextArray = builtIn(ARRAY.text) as (text: string) => (string | null)[];
  return (text) => parseTextArray(text).map((element) => (element === null ? null : parse(element)));
}
