import fc from 'fast-check';
import { rounds, seed } from '../../../test/setup/prove.js';
import { nextOccurrence, recurrenceProblem, withUntilInUtc, type Recurrence } from './recurrence.js';

const DAY = 86_400_000;

function recurrence(rule: string, startsAt = '2026-01-06T09:30:00Z', timeZone = 'UTC'): Recurrence {
  return { rule, startsAt: new Date(startsAt), timeZone };
}

/** The first `count` dates of a recurrence. */
function dates(of: Recurrence, count: number): string[] {
  const found: string[] = [];
  let after = new Date(of.startsAt.getTime() - 1_000);
  while (found.length < count) {
    const next = nextOccurrence(of, after);
    if (next === null) break;
    found.push(next.toISOString());
    after = next;
  }
  return found;
}

/** What the clock on the wall shows, by Intl and nothing else. */
function wall(moment: Date, timeZone: string): string {
  const parts = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  }).formatToParts(moment);
  const part = (type: string): string => parts.find((one) => one.type === type)?.value ?? '';
  return `${part('year')}-${part('month')}-${part('day')}T${part('hour')}:${part('minute')}:${part('second')}`;
}

describe('the next date', () => {
  it('keeps the wall-clock time when the clocks change', () => {
    const berlin = recurrence('FREQ=WEEKLY', '2026-03-17T09:00:00Z', 'Europe/Berlin');
    expect(
      dates(berlin, 4).map((date) => [date, wall(new Date(date), 'Europe/Berlin').slice(11, 16)]),
    ).toEqual([
      ['2026-03-17T09:00:00.000Z', '10:00'],
      ['2026-03-24T09:00:00.000Z', '10:00'],
      ['2026-03-31T08:00:00.000Z', '10:00'],
      ['2026-04-07T08:00:00.000Z', '10:00'],
    ]);
  });

  it('keeps it on the other half of the earth, and where the clock moves by half an hour', () => {
    for (const timeZone of ['Pacific/Auckland', 'Australia/Lord_Howe', 'America/Sao_Paulo', 'Asia/Kolkata']) {
      const each = dates(recurrence('FREQ=WEEKLY', '2026-01-06T01:15:00Z', timeZone), 60);
      expect(each).toHaveLength(60);
      const times = new Set(each.map((date) => wall(new Date(date), timeZone).slice(11)));
      expect(times.size).toBe(1);
    }
  });

  it('is an hour later on the day that skips its hour, and back afterwards', () => {
    // On 2026-03-29 Berlin has no 02:30.
    const daily = recurrence('FREQ=DAILY', '2026-03-28T01:30:00Z', 'Europe/Berlin');
    expect(dates(daily, 3).map((date) => wall(new Date(date), 'Europe/Berlin'))).toEqual([
      '2026-03-28T02:30:00',
      '2026-03-29T03:30:00',
      '2026-03-30T02:30:00',
    ]);
  });

  it('is found when asked within the gap', () => {
    const daily = recurrence('FREQ=DAILY', '2026-03-28T01:30:00Z', 'Europe/Berlin');
    // 03:10 by the wall: after 02:30, before 03:30.
    expect(nextOccurrence(daily, new Date('2026-03-29T01:10:00Z'))?.toISOString()).toBe(
      '2026-03-29T01:30:00.000Z',
    );
  });

  it('is the first of two on the day that has its hour twice', () => {
    const daily = recurrence('FREQ=DAILY', '2026-10-24T00:30:00Z', 'Europe/Berlin');
    expect(dates(daily, 3)).toEqual([
      '2026-10-24T00:30:00.000Z',
      '2026-10-25T00:30:00.000Z',
      '2026-10-26T01:30:00.000Z',
    ]);
    expect(nextOccurrence(daily, new Date('2026-10-25T00:30:00Z'))?.toISOString()).toBe(
      '2026-10-26T01:30:00.000Z',
    );
  });

  it('crosses a day that a zone never had', () => {
    // Samoa went from 29 to 31 December 2011.
    const daily = recurrence('FREQ=DAILY', '2011-12-28T19:00:00Z', 'Pacific/Apia');
    const each = dates(daily, 4);
    expect(each).toHaveLength(4);
    expect([...each].sort()).toEqual(each);
    expect(each.map((date) => wall(new Date(date), 'Pacific/Apia').slice(0, 10))).toEqual([
      '2011-12-28',
      '2011-12-29',
      '2011-12-31',
      '2012-01-01',
    ]);
  });

  it('is none once COUNT or UNTIL is reached', () => {
    expect(dates(recurrence('FREQ=WEEKLY;COUNT=3'), 9)).toHaveLength(3);
    expect(dates(recurrence('FREQ=WEEKLY;UNTIL=20260120T093000Z'), 9)).toEqual([
      '2026-01-06T09:30:00.000Z',
      '2026-01-13T09:30:00.000Z',
      '2026-01-20T09:30:00.000Z',
    ]);
    expect(dates(recurrence('FREQ=WEEKLY;UNTIL=20260120T092959Z'), 9)).toHaveLength(2);
  });

  it('reads UNTIL as the moment that it is, not as a wall-clock time', () => {
    // 09:00 in New York is 14:00 in UTC in January.
    const untilBefore = recurrence(
      'FREQ=DAILY;UNTIL=20260107T135959Z',
      '2026-01-06T14:00:00Z',
      'America/New_York',
    );
    const untilThen = recurrence(
      'FREQ=DAILY;UNTIL=20260107T140000Z',
      '2026-01-06T14:00:00Z',
      'America/New_York',
    );
    expect(dates(untilBefore, 9)).toHaveLength(1);
    expect(dates(untilThen, 9)).toHaveLength(2);
  });

  it('counts a beginning that the rule does not name as no date', () => {
    // The beginning is a Tuesday.
    expect(dates(recurrence('FREQ=WEEKLY;BYDAY=TH;COUNT=2'), 9)).toEqual([
      '2026-01-08T09:30:00.000Z',
      '2026-01-15T09:30:00.000Z',
    ]);
  });

  it('keeps its phase over ten years', () => {
    const everyThirdWeek = recurrence(
      'FREQ=WEEKLY;INTERVAL=3;BYDAY=TU,TH',
      '2016-01-05T09:30:00Z',
      'Europe/Berlin',
    );
    const next = nextOccurrence(everyThirdWeek, new Date('2026-01-01T00:00:00Z'));
    expect((next?.getTime() ?? 0) - everyThirdWeek.startsAt.getTime()).toBe(522 * 7 * DAY);
  });

  it('knows the last Friday of a month and every other week', () => {
    expect(dates(recurrence('FREQ=MONTHLY;BYDAY=-1FR'), 3)).toEqual([
      '2026-01-30T09:30:00.000Z',
      '2026-02-27T09:30:00.000Z',
      '2026-03-27T09:30:00.000Z',
    ]);
    expect(dates(recurrence('FREQ=WEEKLY;INTERVAL=2'), 3)).toEqual([
      '2026-01-06T09:30:00.000Z',
      '2026-01-20T09:30:00.000Z',
      '2026-02-03T09:30:00.000Z',
    ]);
  });
});

describe('UNTIL', () => {
  it.each([
    ['UNTIL=20271231', 'Europe/Berlin', 'UNTIL=20271231T225959Z'],
    ['UNTIL=20271231', 'Pacific/Kiritimati', 'UNTIL=20271231T095959Z'],
    ['UNTIL=20271231T120000', 'America/New_York', 'UNTIL=20271231T170000Z'],
    ['UNTIL=20271231T120000Z', 'America/New_York', 'UNTIL=20271231T120000Z'],
    // Clocks go back over that midnight: the day ends at the first of the two.
    ['UNTIL=20261031', 'America/Havana', 'UNTIL=20261101T035959Z'],
    ['UNTIL=20260230', 'Europe/Berlin', 'UNTIL=20260230'],
    ['UNTIL=20269999', 'Europe/Berlin', 'UNTIL=20269999'],
  ])('%s in %s is %s', (given, timeZone, kept) => {
    expect(withUntilInUtc(`FREQ=WEEKLY;${given};BYDAY=TU`, timeZone)).toBe(`FREQ=WEEKLY;${kept};BYDAY=TU`);
    expect(withUntilInUtc(`FREQ=WEEKLY;${given}`, timeZone)).toBe(`FREQ=WEEKLY;${kept}`);
  });
});

describe('a recurrence for two people', () => {
  it.each([
    'FREQ=DAILY',
    'FREQ=WEEKLY;BYDAY=TU',
    'FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH;WKST=SU',
    'FREQ=MONTHLY;BYDAY=1MO',
    'FREQ=MONTHLY;BYMONTHDAY=-1',
    'FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1',
    'FREQ=MONTHLY;INTERVAL=12',
    'FREQ=YEARLY;BYMONTH=3,9;BYMONTHDAY=1',
    'FREQ=WEEKLY;COUNT=1',
    'FREQ=WEEKLY;UNTIL=20260301T000000Z',
    'FREQ=YEARLY;BYDAY=20MO,-52FR',
    'FREQ=MONTHLY;BYDAY=5MO,-5FR',
  ])('is %s', (rule) => {
    expect(recurrenceProblem(recurrence(rule))).toBeUndefined();
  });

  it.each([
    ['FREQ=HOURLY', 'more often than daily'],
    ['FREQ=SECONDLY;INTERVAL=3', 'more often than daily'],
    ['FREQ=DAILY;BYHOUR=9,10,11', 'BYHOUR'],
    ['FREQ=DAILY;BYMINUTE=1', 'BYMINUTE'],
    ['FREQ=YEARLY;INTERVAL=2', 'INTERVAL'],
    ['FREQ=WEEKLY;INTERVAL=54', 'INTERVAL'],
    ['FREQ=WEEKLY;INTERVAL=999999999999', 'INTERVAL'],
    ['FREQ=DAILY;COUNT=367', 'COUNT'],
    ['FREQ=DAILY;COUNT=0', 'COUNT'],
    ['FREQ=MONTHLY;BYMONTHDAY=32', 'BYMONTHDAY'],
    ['FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30', 'no date'],
    ['FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29', 'no date'],
    ['FREQ=MONTHLY;BYDAY=MO;BYSETPOS=300', 'no date'],
    ['FREQ=MONTHLY;INTERVAL=12;BYMONTH=2', 'no date'],
    ['FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30', 'no date'],
    ['FREQ=WEEKLY;UNTIL=20200101T000000Z', 'ends before its first date'],
    ['FREQ=WEEKLY;UNTIL=20260301', 'UNTIL'],
    ['FREQ=WEEKLY;UNTIL=20269999T000000Z', 'valid'],
    ['FREQ=WEEKLY;BYDAY=1MO', 'valid'],
    ['FREQ=WEEKLY;COUNT=2;UNTIL=20260301T000000Z', 'valid'],
    ['FREQ=DAILY;BYSETPOS=1', 'valid'],
    ['FREQ=WEEKLY;FREQ=DAILY', 'twice'],
    ['FREQ=YEARLY;BYDAY=53MO', 'BYDAY'],
    ['FREQ=YEARLY;BYDAY=MO,-53FR', 'BYDAY'],
    ['FREQ=YEARLY;BYMONTH=1;BYDAY=6MO', 'BYDAY'],
    ['FREQ=MONTHLY;BYDAY=0MO', 'BYDAY'],
    ['FREQ=YEARLY;BYYEARDAY=1,100;BYDAY=MO', 'BYYEARDAY'],
    ['FREQ=YEARLY;BYWEEKNO=20', 'BYWEEKNO'],
    ['FREQ=WEEKLY;BYDAY=MO,TH;BYSETPOS=1', 'BYSETPOS'],
    ['FREQ=WEEKLY;RSCALE=CHINESE', 'RSCALE'],
    ['FREQ=WEEKLY;X=1', 'X'],
    ['INTERVAL=2', 'FREQ'],
    ['FREQ', 'FREQ'],
    ['', ''],
  ])('is not %s', (rule, reason) => {
    expect(recurrenceProblem(recurrence(rule))).toContain(reason);
  });

  it('may begin on 29 February only if it comes more often than that', () => {
    expect(recurrenceProblem(recurrence('FREQ=YEARLY', '2028-02-29T09:00:00Z'))).toContain('every two years');
    expect(recurrenceProblem(recurrence('FREQ=MONTHLY', '2028-02-29T09:00:00Z'))).toBeUndefined();
  });
});

/**
 * A second, plainer way to the same dates: every day from the beginning on, one after the other, asked whether it is in the
 * rule; its moment found by trying every quarter of an hour around it.
 */
const WEEKDAYS = ['SU', 'MO', 'TU', 'WE', 'TH', 'FR', 'SA'] as const;
interface Simple {
  readonly frequency: 'DAILY' | 'WEEKLY' | 'MONTHLY';
  readonly interval: number;
  readonly weekdays: readonly (typeof WEEKDAYS)[number][];
  readonly monthDay: number;
  readonly count: number | undefined;
}

function ruleOf({ frequency, interval, weekdays, monthDay, count }: Simple): string {
  const by =
    frequency === 'WEEKLY'
      ? `;BYDAY=${weekdays.join(',')}`
      : frequency === 'MONTHLY'
        ? `;BYMONTHDAY=${String(monthDay)}`
        : '';
  return `FREQ=${frequency};INTERVAL=${String(interval)}${by}${count === undefined ? '' : `;COUNT=${String(count)}`}`;
}

function isDay(simple: Simple, start: Date, day: Date): boolean {
  const days = Math.round((day.getTime() - start.getTime()) / DAY);
  if (simple.frequency === 'DAILY') return days % simple.interval === 0;
  if (simple.frequency === 'WEEKLY') {
    const monday = (date: Date): number => date.getTime() - ((date.getUTCDay() + 6) % 7) * DAY;
    const weeks = Math.round((monday(day) - monday(start)) / (7 * DAY));
    return weeks % simple.interval === 0 && simple.weekdays.includes(WEEKDAYS[day.getUTCDay()] ?? 'SU');
  }
  const months =
    (day.getUTCFullYear() - start.getUTCFullYear()) * 12 + day.getUTCMonth() - start.getUTCMonth();
  return months % simple.interval === 0 && day.getUTCDate() === simple.monthDay;
}

/** The first moment of that wall-clock time; where it does not exist, the one with the offset before the gap. */
function momentAt(dayAndTime: string, timeZone: string): Date {
  const asUtc = Date.parse(`${dayAndTime}Z`);
  for (let shift = -14 * 4; shift <= 14 * 4; shift += 1) {
    const moment = new Date(asUtc + shift * 900_000);
    if (wall(moment, timeZone) === dayAndTime) return moment;
  }
  const before = momentAt(new Date(asUtc - 3 * 3_600_000).toISOString().slice(0, 19), timeZone);
  return new Date(before.getTime() + 3 * 3_600_000);
}

function simply(simple: Simple, startsAt: Date, timeZone: string, after: Date): Date | null {
  const local = wall(startsAt, timeZone);
  const start = new Date(`${local.slice(0, 10)}T00:00:00Z`);
  let seen = 0;
  for (let days = 0; days < 3 * 366; days += 1) {
    const day = new Date(start.getTime() + days * DAY);
    if (!isDay(simple, start, day)) continue;
    seen += 1;
    if (simple.count !== undefined && seen > simple.count) return null;
    const moment = momentAt(`${day.toISOString().slice(0, 10)}${local.slice(10)}`, timeZone);
    if (moment > after) return moment;
  }
  return null;
}

describe('the next date against a plainer calculation', () => {
  const simple: fc.Arbitrary<Simple> = fc.record({
    frequency: fc.constantFrom('DAILY' as const, 'WEEKLY' as const, 'MONTHLY' as const),
    interval: fc.integer({ min: 1, max: 6 }),
    weekdays: fc.uniqueArray(fc.constantFrom(...WEEKDAYS), { minLength: 1, maxLength: 5 }),
    monthDay: fc.integer({ min: 1, max: 28 }),
    count: fc.option(fc.integer({ min: 1, max: 40 }), { nil: undefined }),
  });
  const zones = fc.constantFrom(
    'UTC',
    'Europe/Berlin',
    'America/New_York',
    'America/St_Johns',
    'Pacific/Auckland',
    'Australia/Lord_Howe',
    'Asia/Kathmandu',
    'Africa/Casablanca',
    'America/Santiago',
  );

  it('agrees on random rules, zones, beginnings and moments', () => {
    const used = seed('the next date');
    fc.assert(
      fc.property(
        simple,
        zones,
        fc.integer({ min: 0, max: 365 * 96 }),
        fc.integer({ min: -2, max: 700 * 96 }),
        (each, timeZone, quartersToStart, quartersAfter) => {
          const startsAt = new Date(Date.parse('2025-06-01T00:00:00Z') + quartersToStart * 900_000);
          const after = new Date(startsAt.getTime() + quartersAfter * 900_000);
          const expected = simply(each, startsAt, timeZone, after);
          const found = nextOccurrence({ rule: ruleOf(each), startsAt, timeZone }, after);
          expect(found?.toISOString()).toBe(expected?.toISOString());
        },
      ),
      { seed: used, numRuns: rounds(60, 5_000) },
    );
  });

  it('takes little work, whatever the rule', () => {
    const parts = fc.record({
      FREQ: fc.constantFrom('DAILY', 'WEEKLY', 'MONTHLY', 'YEARLY'),
      INTERVAL: fc.option(fc.integer({ min: 1, max: 366 })),
      COUNT: fc.option(fc.integer({ min: 1, max: 366 })),
      BYDAY: fc.option(fc.subarray(['MO', '1TU', '-5WE', '5TH', 'FR', 'SU'], { minLength: 1 })),
      BYMONTH: fc.option(fc.subarray([1, 2, 6, 12], { minLength: 1 })),
      BYMONTHDAY: fc.option(fc.subarray([1, 29, 30, 31, -1, -31], { minLength: 1 })),
      BYSETPOS: fc.option(fc.subarray([1, -1, 366], { minLength: 1 })),
    });
    const used = seed('time to find the next date');
    let slowest = 0;
    fc.assert(
      fc.property(parts, fc.integer({ min: 0, max: 20 * 365 }), (given, days) => {
        const rule = Object.entries(given)
          .filter(([, value]) => value !== null)
          .map(([name, value]) => `${name}=${String(value)}`)
          .join(';');
        const began = process.cpuUsage();
        const each = recurrence(rule, '2010-01-05T09:00:00Z', 'Europe/Berlin');
        if (recurrenceProblem(each) === undefined) {
          nextOccurrence(each, new Date(each.startsAt.getTime() + days * DAY));
        }
        const { user, system } = process.cpuUsage(began);
        slowest = Math.max(slowest, (user + system) / 1_000);
      }),
      { seed: used, numRuns: rounds(200, 10_000) },
    );
    // Milliseconds of the processor, so that it does not matter what else the machine does. Far above what it takes (tens of
    // milliseconds), far below looking through a rule without a limit.
    expect(slowest).toBeLessThan(5_000);
  }, 300_000);
});
