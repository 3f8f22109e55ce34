import pg from 'pg';

const { builtins } = pg.types;

/** Array types, which pg's list of built-in types does not name. */
const ARRAY = { text: 1009, int8: 1016, numeric: 1231, date: 1182 } as const;

type Format = 'text' | 'binary';
type Parse = (text: string) => unknown;

/** Its own type knows the built-in types only; a table may hold any. */
const builtIn = pg.types.getTypeParser as (oid: number, format?: Format) => Parse;

const parsers = new Map<number, Parse>([
  [builtins.INT8, safeInteger],
  [builtins.NUMERIC, Number],
  [builtins.DATE, (text) => text],
  [builtins.TIMESTAMPTZ, moment],
  [ARRAY.int8, arrayOf(safeInteger)],
  [ARRAY.numeric, arrayOf(Number)],
  [ARRAY.date, arrayOf((text) => text)],
]);

/**
 * How column values become JavaScript values, for one pool (pg's own table is global and left alone): int8 and numeric →
 * number, date → 'YYYY-MM-DD' (a day has no time zone), timestamptz → Date, the rest as pg has it.
 */
export const typeParsers: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: Format) =>
    (format === 'binary' ? undefined : parsers.get(oid)) ?? builtIn(oid, format)) as typeof builtIn,
};

/** @throws RangeError beyond 2^53: a rounded number would be a wrong one. */
function safeInteger(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value))
    throw new RangeError(`The integer ${text} does not fit into a JavaScript number.`);
  return value;
}

const momentOfPg = builtIn(builtins.TIMESTAMPTZ);

/** As pg reads it, but without a regular expression where it is in UTC, as `2026-03-29 01:30:00.123456+00`. */
function moment(text: string): unknown {
  if (text[4] !== '-' || text[10] !== ' ' || !text.endsWith('+00')) return momentOfPg(text);
  return new Date(`${text.slice(0, 10)}T${text.slice(11, -3)}Z`);
}

/** pg parses an array's elements as text (or null) and leaves the rest to us. */
function arrayOf(parse: Parse): Parse {
  const parseTextArray = builtIn(ARRAY.text) as (text: string) => (string | null)[];
  return (text) => parseTextArray(text).map((element) => (element === null ? null : parse(element)));
}
