/** Input fields whose names do not describe them, as a message calls them. */
const NAMES: Readonly<Record<string, string>> = {
  aboutId: 'goal',
  after: '"after"',
  at: 'time',
  before: '"before"',
  beforeId: 'next talking point',
  csv: 'file',
  current: 'current value',
  dueOn: 'due date',
  durationMinutes: 'duration in minutes',
  email: 'e-mail address',
  endsOn: 'last day',
  expiresAt: 'expiry time',
  expiresOn: 'last day of the share',
  externalId: 'external ID',
  first: '"first"',
  from: 'first day',
  heldAt: 'time of the conversation',
  hiredOn: 'first day of employment',
  how: 'explanation',
  id: 'ID',
  ids: 'IDs',
  intoId: 'destination',
  last: '"last"',
  leftOn: 'last day of employment',
  lastDay: 'last day',
  parentId: 'parent goal',
  reachedOn: 'date reached',
  scheduledAt: 'time of the conversation',
  search: 'search text',
  start: 'start value',
  startsAt: 'start time',
  startsOn: 'first day',
  targetOn: 'target date',
  to: 'last day',
  why: 'reason why it matters',
};

/**
 * A message about the value at a path as a complete sentence. A message that begins in lower case continues the field's name:
 * `must not be blank.` at `input.milestones.1.title` becomes `Title of milestone 2 must not be blank.` Other messages are complete.
 */
export function fieldSentence(path: string, message: string): string {
  if (!/^\p{Ll}/u.test(message)) return message;
  return `${capitalized(nameAt(path.split('.')))} ${message}`;
}

/** The name of a field, and the list item that it belongs to. */
function nameAt(path: readonly string[]): string {
  const last = path.at(-1) ?? '';
  if (isIndex(last)) return itemAt(path);
  const item = path.findLastIndex(isIndex);
  const name = nameOf(last);
  return item < 1 ? name : `${name} of ${itemAt(path.slice(0, item + 1))}`;
}

/** A list item, counted from 1: `key result 2`. */
function itemAt(path: readonly string[]): string {
  const list = path.at(-2) ?? 'items';
  return `${nameOf(list.replace(/ies$/, 'y').replace(/s$/, ''))} ${String(Number(path.at(-1)) + 1)}`;
}

/** The words of a name in camel case, without the suffix Id: `talkingPointIds` are `talking point IDs`. */
function nameOf(field: string): string {
  const known = Object.hasOwn(NAMES, field) ? NAMES[field] : undefined;
  if (known !== undefined) return known;
  return field
    .replace(/(?<=.)Id$/, '')
    .replace(/(?<=[a-z])[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
    .replace(/\bid(s?)\b/, 'ID$1');
}

function capitalized(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}

function isIndex(segment: string): boolean {
  return /^\d+$/.test(segment);
}
