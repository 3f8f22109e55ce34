import type { ReportingLineRow } from './reporting-line.repository.js';

/** Of lines of one kind that a person has on a day or later: the one that is open on that day, and those planned to begin later. */
export function splitLines(
  lines: readonly ReportingLineRow[],
  day: string,
  today: string,
): { readonly open: ReportingLineRow | undefined; readonly planned: readonly ReportingLineRow[] } {
  const planned = lines.filter(({ startsOn }) => startsOn >= day && startsOn > today);
  const open = lines.find(
    (line) =>
      !planned.includes(line) && line.startsOn <= day && (line.lastDay === null || line.lastDay >= day),
  );
  return { open, planned };
}

const A_DAY_MS = 86_400_000;

/** The next day of the calendar; both are 'YYYY-MM-DD'. */
export function dayAfter(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + A_DAY_MS).toISOString().slice(0, 10);
}
