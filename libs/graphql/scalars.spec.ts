import type { GraphQLScalarType } from 'graphql';
import { parseValue as parseLiteral } from 'graphql';
import { CalendarDate, DateTime, EmailAddress, Markdown, RecurrenceRule, TimeZone } from './scalars.js';

const taken: readonly [GraphQLScalarType, string][] = [
  [DateTime, '2026-05-04T09:30:00Z'],
  [DateTime, '2026-05-04T09:30:00.123456789+05:45'],
  [DateTime, '2028-02-29T23:59:59-11:00'],
  [CalendarDate, '2028-02-29'],
  [CalendarDate, '1900-01-01'],
  [CalendarDate, '2199-12-31'],
  [EmailAddress, "o'neil+tag@sub.example.co.uk"],
  [EmailAddress, 'x@xn--bcher-kva.example'],
  [EmailAddress, 'josé1@bücher.example'],
  [TimeZone, 'Europe/Lisbon'],
  [TimeZone, 'America/Argentina/Buenos_Aires'],
  [TimeZone, 'Etc/GMT+5'],
  [TimeZone, 'UTC'],
  [RecurrenceRule, 'FREQ=WEEKLY;INTERVAL=2;BYDAY=TU'],
  [RecurrenceRule, 'FREQ=MONTHLY;BYDAY=1MO,-1FR;COUNT=10'],
  [RecurrenceRule, 'FREQ=YEARLY;UNTIL=20301231T000000Z'],
  [Markdown, 'pasted \u001b[31mred\u001b[0m'],
  [Markdown, ''],
  [Markdown, '# 日本語\r\n\n<b>as written</b> 👩‍👧'],
  [Markdown, '👩'.repeat(20_000)],
];

const refused: readonly [GraphQLScalarType, unknown][] = [
  [DateTime, '2026-05-04'],
  [DateTime, '2026-05-04T09:30Z'],
  [DateTime, '2026-05-04T09:30:00'],
  [DateTime, '2026-05-04 09:30:00Z'],
  [DateTime, '2026-02-29T09:30:00Z'],
  [DateTime, '2026-05-04T24:00:00Z'],
  [DateTime, '2026-05-04T09:30:60Z'],
  [DateTime, '0000-01-01T00:00:00Z'],
  [DateTime, '+012026-05-04T09:30:00Z'],
  [DateTime, '9999-12-31T23:30:00-01:00'],
  [DateTime, '0001-01-01T00:30:00+01:00'],
  [DateTime, 0],
  [DateTime, new Date(0)],
  [CalendarDate, '1899-12-31'],
  [CalendarDate, '2200-01-01'],
  [CalendarDate, '9999-12-31'],
  [CalendarDate, '2026-02-29'],
  [CalendarDate, '2026-2-9'],
  [CalendarDate, '2026-05-04T00:00:00Z'],
  [CalendarDate, ' 2026-05-04'],
  [EmailAddress, 'nobody'],
  [EmailAddress, 'a@localhost'],
  [EmailAddress, 'Ann <ann@example.com>'],
  [EmailAddress, 'a@example.com\nbcc: b@example.com'],
  [EmailAddress, `${'a'.repeat(65)}@example.com`],
  [
    EmailAddress,
    `a@${'b'.repeat(60)}.${'b'.repeat(60)}.${'b'.repeat(60)}.${'b'.repeat(60)}.${'b'.repeat(20)}.com`,
  ],
  [TimeZone, 'Europe/Atlantis'],
  [TimeZone, 'IST'],
  [TimeZone, '+02:00'],
  [TimeZone, ''],
  [RecurrenceRule, ''],
  [RecurrenceRule, 'every Tuesday'],
  [RecurrenceRule, 'FREQ=SOMETIMES'],
  [RecurrenceRule, 'FREQ=WEEKLY\nRDATE:20260101'],
  [RecurrenceRule, 'RRULE:'],
  [RecurrenceRule, 'FREQ=WEEKLY;;BYDAY=TU'],
  [RecurrenceRule, 'FREQ=WEEKLY;UNTIL=2027'],
  [RecurrenceRule, 'EXDATE:20260101'],
  [RecurrenceRule, `FREQ=WEEKLY;BYDAY=${'TU,'.repeat(200)}TU`],
  [Markdown, 'a\0b'],
  [Markdown, 'half \ud83d'],
  [Markdown, 'a'.repeat(20_001)],
  [Markdown, 7],
];

function named<Value>(
  cases: readonly (readonly [GraphQLScalarType, Value])[],
): [string, GraphQLScalarType, Value][] {
  return cases.map(([scalar, value]) => [
    `${scalar.name} ${JSON.stringify(value).slice(0, 60)}`,
    scalar,
    value,
  ]);
}

it.each(named(taken))('accepts and returns %s', (_name, scalar, text) => {
  const value = scalar.parseValue(text);
  expect(scalar.parseLiteral(parseLiteral(JSON.stringify(text)))).toEqual(value);
  expect(scalar.serialize(value)).toBe(scalar === DateTime ? new Date(text).toISOString() : text);
});

it.each([
  'RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=TU;UNTIL=20271231',
  'rrule:freq=weekly;interval=2;byday=tu;until=20271231',
  'FREQ=WEEKLY;INTERVAL=2;BYDAY=TU;UNTIL=20271231;',
  ' RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=TU;UNTIL=20271231;\r\n',
])('reads a recurrence rule in a calendar’s notation: %j', (written) => {
  expect(RecurrenceRule.parseValue(written)).toBe('FREQ=WEEKLY;INTERVAL=2;BYDAY=TU;UNTIL=20271231');
});

it.each(named(refused))('refuses %s', (_name, scalar, value) => {
  expect(() => scalar.parseValue(value)).toThrow(/^must |^Choose /);
  if (typeof value === 'string' && !value.includes('\ud83d') && !value.includes('\0')) {
    expect(() => scalar.parseLiteral(parseLiteral(JSON.stringify(value)))).toThrow(/^must |^Choose /);
  }
});

it('refuses literals and results of a different type', () => {
  for (const scalar of [DateTime, CalendarDate, EmailAddress, TimeZone, RecurrenceRule, Markdown]) {
    expect(() => scalar.parseLiteral(parseLiteral('7'))).toThrow('must be a string.');
    expect(() => scalar.serialize(7)).toThrow(TypeError);
    expect(scalar.description).toBeTruthy();
  }
  expect(() => DateTime.serialize(new Date(Number.NaN))).toThrow(TypeError);
});
