import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { momentToday } from '../src/pages/one-to-one/rhythm.ts';

describe('the clock of a series', () => {
  const today = (startsAt: string, timeZone: string, now: string): string =>
    momentToday(startsAt, timeZone, new Date(now));

  it('is that of its time zone, wherever the page is, and whatever daylight saving did since', () => {
    assert.equal(
      today('2026-07-07T08:00:00Z', 'Europe/Berlin', '2026-12-01T12:00:00Z'),
      '2026-12-01T09:00:00.000Z',
    );
    assert.equal(
      today('2026-01-06T09:00:00Z', 'Europe/Berlin', '2026-07-07T12:00:00Z'),
      '2026-07-07T08:00:00.000Z',
    );
  });

  it('is of the day that it is there', () => {
    assert.equal(
      today('2026-12-01T00:30:00Z', 'America/Los_Angeles', '2026-12-08T02:00:00Z'),
      '2026-12-08T00:30:00.000Z',
    );
  });
});
