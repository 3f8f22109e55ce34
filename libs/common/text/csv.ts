/**
 * Where a spreadsheet would begin to read a formula: in front of these characters, of either width, at the beginning of a text, and after a
 * semicolon, a tab or a line break, because many countries' spreadsheets separate columns by them.
 */
const FORMULA = /(?<=^|[;\t\r\n]\s*)(?=[=+\-@＝＋－＠])|^(?=[\t\r])/g;
const NEEDS_QUOTES = /[",;\t\r\n]/;

/**
 * A line of a CSV file (RFC 4180), with its line break. Null is an empty field. What a spreadsheet would take for a formula gets an
 * apostrophe in front, which makes it plain text; numbers stay as they are.
 */
export function csvLine(fields: readonly (string | number | null)[]): string {
  return `${fields.map(csvField).join(',')}\r\n`;
}

function csvField(field: string | number | null): string {
  if (field === null) return '';
  if (typeof field === 'number') return String(field);
  const text = field.replaceAll(FORMULA, "'");
  return NEEDS_QUOTES.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
