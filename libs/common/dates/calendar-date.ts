const DATE = /^(\d{4})-(\d\d)-(\d\d)$/;

/** Whether the text is a day of the calendar, written YYYY-MM-DD, in the years 0001 to 9999. */
export function isCalendarDate(text: string): boolean {
  const [, year, month, day] = DATE.exec(text) ?? [];
  if (year === undefined || year === '0000') return false;
  const date = new Date(0);
  date.setUTCFullYear(Number(year), Number(month) - 1, Number(day));
  return date.getUTCMonth() === Number(month) - 1 && date.getUTCDate() === Number(day);
}
