import { Random } from './random.js';

/** A number that JSON can carry and JavaScript cannot: written into the body as it is. */
export class Verbatim {
  constructor(readonly text: string) {}
}

/** Twenty thousand characters, and one more: emoji, which are two code units each. */
const LIMITS = [
  'a'.repeat(200),
  'a'.repeat(201),
  'b'.repeat(20_000),
  'b'.repeat(20_001),
  '🌱'.repeat(20_000),
  '🌱'.repeat(20_001),
];

/** Texts that software trips over. */
export const HOSTILE_TEXTS: readonly string[] = [
  '',
  ' ',
  '\u3000\u00a0\u2003',
  '\0',
  'before\0after',
  '\ud800',
  'lone \udc00 low',
  '\ufeffBOM first',
  '\ufffd\uffff\ufffe',
  '\u0001\u0008\u001b[31m\u007f\u0085',
  'line\nbreak\r\nand\rmore\u2028\u2029',
  'tab\tand \\ backslash \\u0041 \\0',
  'שלום \u202eright to left\u202c مرحبا \u2066isolated\u2069',
  `combining ${'e\u0301\u0302\u0303'.repeat(60)}`,
  'é é ﬁ ß İ ı ǅ ﷺ 𝔘𝔫𝔦',
  '👩🏽‍💻👨‍👩‍👧‍👦🏳️‍🌈🇵🇹',
  '\u200b\u200d\u2060zero width',
  "=cmd|' /C calc'!A0",
  '+1+1',
  '-1-1',
  '@SUM(A1)',
  '=HYPERLINK("http://example.com";"x")',
  "'; drop table person; --",
  "' or '1'='1",
  '") or 1=1; --',
  '$1 $$ %s %d %n ${7*7} {{7*7}} #{7*7}',
  'null',
  'undefined',
  'NaN',
  'true',
  '__proto__',
  'constructor',
  '{"$ne":null}',
  '[]',
  '%00%2e%2e%2f',
  '../../../../etc/passwd',
  '<script>alert(1)</script><img src=x onerror=alert(1)>',
  '%_\\%__',
  '*:* & | ! ( ) <->',
  'a\\',
  "E'\\x00'",
  ...LIMITS,
];

const NUMBERS: readonly (number | Verbatim)[] = [
  0,
  -1,
  1,
  0.1,
  101,
  2_147_483_647,
  2_147_483_648,
  -2_147_483_648,
  -2_147_483_649,
  new Verbatim('9007199254740993'),
  1e21,
  1e308,
  5e-324,
  new Verbatim('1e400'),
  new Verbatim('-1e400'),
  new Verbatim('-0'),
  new Verbatim('1.0000000000000000000000000000000000000001'),
  new Verbatim('123456789012345678901234567890'),
];

const DATES = [
  '0000-00-00',
  '0000-01-01',
  '0001-01-01',
  '1582-10-10',
  '1900-02-29',
  '2024-02-29',
  '2025-02-29',
  '2026-13-01',
  '2026-00-10',
  '2026-06-31',
  '2026-6-1',
  '9999-12-31',
  '10000-01-01',
  '-0001-01-01',
  '+012026-01-01',
  '294277-01-01',
  'infinity',
  '-infinity',
  'epoch',
  'now',
  'today',
  'tomorrow',
  'allballs',
  '2026-01-01 BC',
  '٢٠٢٦-٠١-٠١',
  ' 2026-01-01',
  '2026-01-01T00:00:00Z',
];

const MOMENTS = [
  ...DATES,
  '0001-01-01T00:00:00Z',
  '9999-12-31T23:59:59.999999999Z',
  '9999-12-31T23:59:59-23:59',
  '0001-01-01T00:00:00+23:59',
  '2026-06-30T23:59:60Z',
  '2026-01-01T24:00:00Z',
  '2026-01-01T00:00:00',
  '2026-01-01T00:00Z',
  '2026-01-01t00:00:00z',
  '2026-01-01T00:00:00+24:00',
  '2026-03-29T02:30:00+01:00',
  '2026-10-25T02:30:00Z',
  '1970-01-01T00:00:00Z',
];

const ZONES = [
  'Europe/Berlin',
  'europe/berlin',
  'US/Pacific',
  'Asia/Calcutta',
  'GB',
  'UTC',
  'Etc/GMT+14',
  'Etc/GMT-15',
  'EST5EDT',
  '+01:00',
  'Z',
  'Mars/Olympus',
  'Europe/../../etc/passwd',
  'posixrules',
  'localtime',
  'America/Argentina/ComodRivadavia',
  'Factory',
];

const RULES = [
  'FREQ=WEEKLY;INTERVAL=2;BYDAY=TU',
  'FREQ=DAILY;COUNT=366',
  'FREQ=DAILY;COUNT=999999999',
  'FREQ=SECONDLY',
  'FREQ=MINUTELY;INTERVAL=1440',
  'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29',
  'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30',
  'FREQ=YEARLY;BYDAY=53MO;BYWEEKNO=53',
  'FREQ=YEARLY;INTERVAL=999999',
  'FREQ=MONTHLY;BYDAY=+1MO,-1FR;BYSETPOS=-1',
  'FREQ=MONTHLY;BYMONTHDAY=31',
  'FREQ=WEEKLY;UNTIL=20200101T000000Z',
  'FREQ=WEEKLY;UNTIL=99991231T235959Z',
  'FREQ=WEEKLY;UNTIL=20260230',
  'FREQ=WEEKLY;COUNT=0',
  'FREQ=WEEKLY;COUNT=-1',
  'FREQ=WEEKLY;INTERVAL=0',
  'FREQ=WEEKLY;INTERVAL=1e9',
  'FREQ=WEEKLY;BYDAY=XX',
  'FREQ=WEEKLY;BYHOUR=9,10;BYMINUTE=0',
  'FREQ=WEEKLY;FREQ=DAILY',
  'FREQ=WEEKLY;WKST=SU;BYDAY=SU',
  'INTERVAL=2',
  'RRULE:FREQ=WEEKLY',
  'FREQ=WEEKLY\nDTSTART:20200101T000000Z',
  'FREQ=YEARLY;BYYEARDAY=-366,366',
  'FREQ=YEARLY;BYEASTER=0',
  `FREQ=YEARLY;BYYEARDAY=${Array.from({ length: 100 }, (_, index) => String(index + 1)).join(',')}`,
  `FREQ=DAILY;BYSETPOS=${Array.from({ length: 400 }, () => '1').join(',')}`,
];

const ADDRESSES = [
  'name@example.com',
  'NAME@EXAMPLE.COM',
  'name@localhost',
  '@example.com',
  'name@',
  'a@b@example.com',
  'name@example.com\r\nBcc: other@example.com',
  '"quoted name"@example.com',
  'naïve@exämple.com',
  `${'a'.repeat(64)}@example.com`,
  `${'a'.repeat(65)}@example.com`,
  `a@${'b'.repeat(63)}.${'c'.repeat(63)}.${'d'.repeat(63)}.${'e'.repeat(50)}.com`,
  "o'neill+tag@example.com",
  'name@[127.0.0.1]',
  'name@example..com',
];

const IDS = [
  '',
  '0',
  '-1',
  '00000000-0000-0000-0000-000000000000',
  'ffffffff-ffff-ffff-ffff-ffffffffffff',
  '{00000000-0000-0000-0000-000000000000}',
  '00000000000000000000000000000000',
  '019ad000-0000-7000-8000-00000000000',
  '019ad000-0000-7000-8000-0000000000000',
  '019ad000-0000-7000-8000-00000000000g',
  'UGVyc29uOjE=',
  'gid://mutual/Person/1',
  "1' or '1'='1",
  '１２３',
];

const CURSORS = [
  '',
  'e30=',
  'W10=',
  'bnVsbA==',
  Buffer.from('[null,null]').toString('base64'),
  Buffer.from('["a","b","c","d"]').toString('base64url'),
  Buffer.from(JSON.stringify([{ $gt: '' }])).toString('base64url'),
  Buffer.from(JSON.stringify(["2026-01-01' or 1=1", '1'])).toString('base64url'),
  Buffer.from(JSON.stringify(['infinity', '00000000-0000-0000-0000-000000000000'])).toString('base64url'),
  Buffer.from(JSON.stringify(['9'.repeat(400), 'x'])).toString('base64url'),
  Buffer.from('["\\u0000","\\ud800"]').toString('base64url'),
  'A'.repeat(10_000),
  '\ud800',
  '%%%',
];

const BY_SCALAR: Readonly<Record<string, readonly unknown[]>> = {
  Int: NUMBERS,
  Float: NUMBERS,
  Boolean: ['true', 0, 1, '', null],
  Date: DATES,
  DateTime: MOMENTS,
  TimeZone: ZONES,
  RecurrenceRule: RULES,
  EmailAddress: ADDRESSES,
  ID: IDS,
};

const WRONG_TYPES: readonly unknown[] = [
  null,
  true,
  0,
  -1.5,
  '',
  'text',
  [],
  {},
  [[]],
  [null],
  { id: {} },
  { length: 1, 0: 'a' },
  new Verbatim('1e400'),
  new Verbatim('{"__proto__":{"viewer":true},"constructor":{"prototype":{}}}'),
];

/** A value that a scalar should refuse, or take as it is: at its limits, of another form, or of another type. */
export function hostileValue(random: Random, scalar: string): unknown {
  if (random.chance(0.15)) return random.pick(WRONG_TYPES);
  if (random.chance(0.04)) return nested(random.pick([50, 2_000]));
  const own = BY_SCALAR[scalar];
  return own !== undefined && random.chance(0.8) ? random.pick(own) : random.pick(HOSTILE_TEXTS);
}

/** A place in a list that was never given out. */
export function hostileCursor(random: Random): string {
  return random.pick(CURSORS);
}

/** A list in a list in a list, so deep. */
function nested(depth: number): Verbatim {
  return new Verbatim(`${'['.repeat(depth)}1${']'.repeat(depth)}`);
}
