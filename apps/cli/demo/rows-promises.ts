import type { Calendar } from './calendar.js';
import { orderedId } from './ids.js';
import { pairId, type Pair } from './meetings.js';
import {
  ORGANIZATION_ID as organization_id,
  atMost,
  check,
  later,
  personId,
  zoneOf,
  type Row,
  type Tables,
} from './rows.js';
import type { DemoPromise } from './shapes.js';

/** The action items of all one-to-ones with their history. */
export function promiseTables(calendar: Calendar, pairs: readonly Pair[]): Tables {
  const all = pairs.flatMap((pair) =>
    (pair.demo.promises ?? []).map((promise, index) => made(calendar, pair, promise, index)),
  );
  return {
    action_item: all.map(({ item }) => item),
    action_item_version: all.flatMap(({ versions }) => versions),
  };
}

function made(
  calendar: Calendar,
  pair: Pair,
  promise: DemoPromise,
  index: number,
): { item: Row; versions: Row[] } {
  const { key, demo } = pair;
  const { by, text, due, done, dropped, renegotiated = 0, before = [], writtenBy = by } = promise;
  const said = `${key}, promise ${index + 1}`;
  const meeting = pair.at(promise.made, said);
  check(meeting.heldAt !== null, `${said}: made where nobody met.`);
  check(demo.between.includes(by) && demo.between.includes(writtenBy), `${said}: by somebody else.`);
  check(renegotiated === 0 || due !== undefined, `${said}: a new date and no date.`);
  check(done === undefined || dropped === undefined, `${said}: done and dropped.`);

  const createdAt = atMost(later(meeting.heldAt ?? calendar.now, 12 + index), calendar);
  const closedOn = done ?? dropped;
  const closedAt = closedOn === undefined ? null : calendar.moment(closedOn, 'closed', key, index);
  const dueOn = due === undefined ? null : calendar.day(due);
  check(dueOn === null || dueOn >= calendar.dayIn(zoneOf(by), createdAt), `${said}: due before it was made.`);
  check(closedAt === null || closedAt > createdAt, `${said}: closed before it was made.`);
  const late = closedAt !== null && dueOn !== null && calendar.dayIn(zoneOf(by), closedAt) > dueOn;

  const id = orderedId('promise', index, key);
  const texts = [...before, [writtenBy, text] as const];
  return {
    item: {
      id,
      organization_id,
      one_to_one_id: pairId(key),
      made_in_id: meeting.id,
      owner_id: personId(by),
      created_by_id: personId(before[0]?.[0] ?? writtenBy),
      text,
      due_on: dueOn,
      state: closedOn === undefined ? 'OPEN' : done === undefined ? 'DROPPED' : 'DONE',
      closed_at: closedAt,
      renegotiated,
      due_set_by_owner: dueOn !== null && (renegotiated > 0 || (before[0]?.[0] ?? writtenBy) === by),
      kept: closedAt === null || dueOn === null ? null : late ? false : done === undefined ? null : true,
      version: texts.length + renegotiated + (closedOn === undefined ? 0 : 1),
      created_at: createdAt,
    },
    versions: texts.map(([author, words], place) => {
      const at = atMost(later(createdAt, 25 * place), calendar);
      return {
        item_id: id,
        version: place + 1,
        organization_id,
        author_id: personId(author),
        text: words,
        started_at: at,
        at,
      };
    }),
  };
}
