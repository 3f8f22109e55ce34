import { isCalendarDate } from './calendar-date.js';

it.each(['2026-05-04', '2024-02-29', '0001-01-01', '9999-12-31'])('%s is a calendar date', (text) => {
  expect(isCalendarDate(text)).toBe(true);
});

it.each(['2025-02-29', '2026-04-31', '2026-13-01', '2026-00-10', '2026-01-00', '0000-01-01', '2026-5-4', ''])(
  '%j is not a calendar date',
  (text) => {
    expect(isCalendarDate(text)).toBe(false);
  },
);
