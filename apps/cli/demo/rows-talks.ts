import type { Calendar, Days } from './calendar.js';
import { goalId, isGoal, sees } from './rows-goals.js';
import { demoId, orderedId, pick } from './ids.js';
import type { PersonKey } from './people.js';
import {
  ORGANIZATION_ID as organization_id,
  atMost,
  check,
  later,
  personId,
  type Row,
  type Tables,
} from './rows.js';
import { businessGoalId, isBusinessGoal } from './rows-business.js';
import { lineBetween } from './rows-people.js';
import { pairId, settle, type Meeting, type Pair } from './meetings.js';
import { promiseTables } from './rows-promises.js';
import type { DemoPoint } from './shapes.js';
import { PAIRS } from './talks/index.js';
import { teamTalks } from './talks/teams.js';
import { TEMPLATES } from './talks/templates.js';

/** All one-to-ones with their meetings. */
export function settleAll(calendar: Calendar): readonly Pair[] {
  return Object.entries({ ...PAIRS, ...teamTalks(calendar) }).map(([key, demo]) =>
    settle(calendar, key, demo),
  );
}

/** One-to-ones and their parts, in the order of insertion. The database creates the shared notes. */
export function talkTables(calendar: Calendar, pairs: readonly Pair[]): Tables {
  const points = pairs.flatMap((pair) => placed(pair));
  return {
    one_to_one: pairs.map((pair) => pairRow(calendar, pair)),
    one_to_one_decline: pairs.flatMap(({ key, demo }) =>
      demo.declined === true && demo.invited !== undefined
        ? [
            {
              one_to_one_id: pairId(key),
              organization_id,
              person_id: personId(demo.between[1]),
              declined_at: calendar.moment(demo.invited + 1, 'declined', key),
            },
          ]
        : [],
    ),
    conversation: pairs.flatMap((pair) => [
      ...pair.meetings.map((meeting) => conversationRow(pair, meeting)),
      ...earlierRows(calendar, pair),
    ]),
    talking_point: points.map((point) => pointRow(calendar, point)),
    talking_point_subject: points.flatMap((point) => subjectRow(point)),
    talking_point_version: points.flatMap((point) => pointVersions(calendar, point)),
    talking_point_carry: points.flatMap((point) => carries(point)),
    private_notes: pairs.flatMap(({ key, demo, at }) =>
      (demo.privateNotes ?? []).map((note) => {
        const meeting = at(note.in, `${key}, private notes`);
        check(demo.between.includes(note.by), `${key}: private notes of somebody else.`);
        return {
          conversation_id: meeting.id,
          author_id: personId(note.by),
          organization_id,
          text: note.text,
          updated_at: meeting.heldAt === null ? calendar.now : atMost(later(meeting.heldAt, 55), calendar),
        };
      }),
    ),
    conversation_feedback: pairs.flatMap(({ key, demo, at }) =>
      (demo.feedback ?? []).map((feedback) => {
        const { id, heldAt } = at(feedback.in, `${key}, feedback`);
        check(demo.between.includes(feedback.by), `${key}: feedback by somebody else.`);
        check(heldAt !== null, `${key}: feedback on meeting ${feedback.in}, which was not held.`);
        const written = atMost(later(heldAt ?? calendar.now, feedback.offered ?? 40), calendar);
        const isRevealed = (demo.feedback ?? []).some(
          (other) => other.in === feedback.in && other.by !== feedback.by && other.offered !== undefined,
        );
        return {
          id: demoId('feedback', key, feedback.in, feedback.by),
          organization_id,
          conversation_id: id,
          author_id: personId(feedback.by),
          better: feedback.better ?? null,
          worth_it: feedback.worthIt ?? null,
          written_at: written,
          offered: feedback.offered !== undefined,
          offered_at: feedback.offered === undefined ? null : written,
          announced: feedback.offered !== undefined && isRevealed,
        };
      }),
    ),
    agenda_template: TEMPLATES.map(({ owner, ...template }, index) => ({
      id: orderedId('template', index, owner),
      organization_id,
      owner_id: personId(owner),
      ...template,
    })),
    ...promiseTables(calendar, pairs),
  };
}

/** The texts of the shared notes, one for each conversation. */
export function sharedNotes(
  calendar: Calendar,
  pairs: readonly Pair[],
): { readonly pages: readonly Row[]; readonly versions: readonly Row[] } {
  const pages: Row[] = [];
  const versions: Row[] = [];
  for (const { key, demo, meetings } of pairs) {
    const written = new Set(Object.keys(demo.notes ?? {}).map(Number));
    for (const meeting of meetings) {
      const id = demoId('shared-notes', key, meeting.ago);
      const texts = demo.notes?.[meeting.ago] ?? [];
      written.delete(meeting.ago);
      check(
        texts.length === 0 || meeting.heldAt !== null,
        `${key}: notes of meeting ${meeting.ago}, which was not held.`,
      );
      check(
        texts.every(([by]) => demo.between.includes(by)),
        `${key}: notes by somebody else.`,
      );
      const times = texts.map((_, index) =>
        atMost(later(meeting.heldAt ?? calendar.now, 8 + 13 * index), calendar),
      );
      pages.push({
        id,
        conversation_id: meeting.id,
        text: texts.at(-1)?.[1] ?? '',
        version: texts.length,
        updated_at: times.at(-1) ?? null,
        updated_by_id: personOrNull(texts.at(-1)?.[0]),
      });
      texts.forEach(([by, text], index) => {
        const at = times[index];
        versions.push({
          notes_id: id,
          version: index + 1,
          organization_id,
          author_id: personId(by),
          text,
          started_at: at,
          at,
        });
      });
    }
    check(written.size === 0, `${key}: notes of a meeting that there was not.`);
  }
  return { pages, versions };
}

function personOrNull(key: PersonKey | undefined): string | null {
  return key === undefined ? null : personId(key);
}

function pairRow(calendar: Calendar, pair: Pair): Row {
  const { key, demo, startsAt, recurrence, meetings } = pair;
  const [firstId, secondId] = demo.between.map(personId).sort();
  const [starter, other] = demo.between;
  const ended = demo.state === 'ENDED' && demo.until !== undefined;
  const first = earlierDays(calendar, pair).at(-1);
  const begun =
    first === undefined
      ? (meetings.at(-1)?.scheduledAt ?? calendar.now)
      : calendar.moment(first, 'begun', key);
  return {
    id: pairId(key),
    organization_id,
    first_id: firstId,
    second_id: secondId,
    started_by_id: personId(starter),
    state: demo.state ?? 'OPEN',
    recurrence,
    recurrence_starts_at: startsAt,
    time_zone: demo.recurrence?.zone ?? demo.dates?.zone,
    duration_minutes: demo.minutes ?? 30,
    line_id: lineBetween(starter, other)?.id ?? null,
    invited_at:
      demo.invited === undefined
        ? atMost(later(begun, -7 * 24 * 60), calendar)
        : calendar.moment(demo.invited, 'invited', key),
    ended_at: ended ? calendar.moment((demo.until ?? 0) + 1, 'ended', key) : null,
    version: ended ? 3 : 2,
  };
}

function conversationRow({ key, demo }: Pair, meeting: Meeting): Row {
  const { ago, status, scheduledAt, heldAt, closedAt, seriesAt } = meeting;
  return {
    id: meeting.id,
    organization_id,
    one_to_one_id: pairId(key),
    status,
    scheduled_at: scheduledAt,
    held_at: heldAt,
    closed_at: closedAt,
    planned_after_id: seriesAt !== null && ago < demo.past ? conversationId(key, ago + 1) : null,
    series_at: seriesAt,
    off_the_record_by_id: personOrNull(demo.offTheRecord?.[ago]),
    version: (status === 'PLANNED' ? 1 : 2) + (demo.offTheRecord?.[ago] === undefined ? 0 : 1),
    created_at: meeting.plannedAt,
    // No reminders: nobody reads the mail of these people.
    reminded_before: scheduledAt,
    reminded_after: scheduledAt,
  };
}

/** A year back; conversations before those that are told are once a month. */
const EARLIEST: Days = -395;
const DAYS_BETWEEN_EARLIER = 28;

/** The days of conversations of which nothing is kept but that they were held, the latest first. */
function earlierDays(calendar: Calendar, { key, demo, meetings }: Pair): readonly Days[] {
  const line = lineBetween(...demo.between);
  const oldest = meetings.at(-1);
  if (demo.recurrence === undefined || demo.state !== undefined || oldest === undefined) return [];
  if (line?.kind !== 'PRIMARY') return [];
  const last = calendar.offset(oldest.scheduledAt);
  const count = Math.floor((last - Math.max(line.from, EARLIEST)) / DAYS_BETWEEN_EARLIER);
  return Array.from({ length: Math.max(0, count) }, (_, n) => last - DAYS_BETWEEN_EARLIER * (n + 1)).filter(
    (_, n) => pick(10, 'earlier', key, n) > 0,
  );
}

function earlierRows(calendar: Calendar, pair: Pair): readonly Row[] {
  const { key, demo } = pair;
  return earlierDays(calendar, pair).map((day) => {
    const { at = '09:00', zone = 'UTC' } = demo.recurrence ?? {};
    const scheduledAt = calendar.hour(day, at, zone);
    return conversationRow(pair, {
      id: demoId('conversation', key, 'earlier', day),
      ago: demo.past + 1,
      status: 'HELD',
      scheduledAt,
      seriesAt: null,
      heldAt: scheduledAt,
      closedAt: later(scheduledAt, demo.minutes ?? 30),
      plannedAt: later(scheduledAt, -7 * 24 * 60),
    });
  });
}

function conversationId(key: string, ago: number): string {
  return demoId('conversation', key, ago);
}

/** A talking point, its meetings, oldest first, and its position in each. If the last is null, it waits at the one-to-one. */
interface Placed {
  readonly id: string;
  readonly pair: Pair;
  readonly point: DemoPoint;
  readonly road: readonly (Meeting | null)[];
  readonly positions: readonly number[];
}

function placed(pair: Pair): Placed[] {
  const { key, demo } = pair;
  const counts = new Map<string, number>();
  return (demo.points ?? [])
    .map((point, index) => ({ point, index }))
    .sort((a, b) => b.point.raised - a.point.raised || a.index - b.index)
    .map(({ point, index }) => {
      const said = `${key}, point ${index + 1}`;
      check(demo.between.includes(point.by), `${said}: by somebody else.`);
      check(
        point.discussed === undefined || point.discussed <= point.raised,
        `${said}: discussed before it was raised.`,
      );
      const road: (Meeting | null)[] = [];
      for (let ago = point.raised; ago >= (point.discussed ?? 0); ago -= 1) {
        road.push(ago === 0 && pair.planned === undefined ? null : pair.at(ago, said));
      }
      const last = road.at(-1);
      if (point.discussed !== undefined && point.discussed > 0) {
        check(last?.status === 'HELD', `${said}: discussed where nobody met.`);
      }
      check(road.length > 0 && road[0] !== null, `${said}: raised nowhere.`);
      check(
        road.every((meeting) => demo.offTheRecord?.[meeting?.ago ?? -1] === undefined),
        `${said}: in a meeting off the record.`,
      );
      const positions = road.map((meeting) => {
        const place = meeting?.id ?? 'waiting';
        const position = (counts.get(place) ?? 0) + 1;
        counts.set(place, position);
        return position;
      });
      return { id: demoId('point', key, index), pair, point, road, positions };
    });
}

/** When it was written: the day before its meeting, or some hours ago for a planned one. */
function writtenAt(calendar: Calendar, { id, road }: Placed): Date {
  const [first] = road;
  if (!first || first.status === 'PLANNED') return later(calendar.now, -60 - pick(20 * 60, id));
  return later(first.scheduledAt, -60 - pick(20 * 60, id));
}

function pointRow(calendar: Calendar, place: Placed): Row {
  const { id, pair, point, road, positions } = place;
  const discussed = point.discussed !== undefined;
  const times = road.slice(0, -1).filter((meeting) => isDiscussedIn(point, meeting)).length;
  return {
    id,
    organization_id,
    one_to_one_id: pairId(pair.key),
    conversation_id: road.at(-1)?.id ?? null,
    author_id: personId(point.by),
    text: point.text,
    draft: point.draft === true,
    position: positions.at(-1),
    discussed,
    standing: point.standing === true,
    raised_in_id: road[0]?.id ?? null,
    times_carried: road.length - 1 - times,
    // Each time it is marked discussed, and undiscussed on the next agenda.
    version:
      (point.before ?? []).length + 1 + (point.draft === true ? 0 : 1) + (discussed ? 1 : 0) + 2 * times,
    created_at: writtenAt(calendar, place),
  };
}

function subjectRow({ id, pair, point }: Placed): Row[] {
  const { about } = point;
  if (about === undefined) return [];
  const row = {
    point_id: id,
    organization_id,
    author_id: personId(point.by),
    personal_goal_id: null,
    business_goal_id: null,
  };
  if ('goal' in about) {
    check(isGoal(about.goal), `${pair.key}: there is no goal ${about.goal}.`);
    check(sees(point.by, about.goal), `${pair.key}: ${point.by} cannot see ${about.goal}.`);
    return isGoal(about.goal) ? [{ ...row, personal_goal_id: goalId(about.goal) }] : [];
  }
  check(isBusinessGoal(about.businessGoal), `${pair.key}: there is no business goal ${about.businessGoal}.`);
  return isBusinessGoal(about.businessGoal)
    ? [{ ...row, business_goal_id: businessGoalId(about.businessGoal) }]
    : [];
}

function pointVersions(calendar: Calendar, place: Placed): Row[] {
  const { id, point } = place;
  const texts = [...(point.before ?? []), point.text];
  const written = writtenAt(calendar, place);
  return texts.map((text, index) => {
    const at = later(written, 12 * index);
    return {
      point_id: id,
      version: index + 1,
      organization_id,
      author_id: personId(point.by),
      text,
      started_at: at,
      at,
    };
  });
}

/** A standing point that is on the next agenda again was discussed where they met. */
function isDiscussedIn(point: DemoPoint, meeting: Meeting | null): boolean {
  return point.standing === true && meeting?.status === 'HELD';
}

function carries({ id, point, road, positions }: Placed): Row[] {
  return road.slice(0, -1).flatMap((meeting, index) =>
    meeting === null
      ? []
      : [
          {
            point_id: id,
            from_id: meeting.id,
            to_id: road[index + 1]?.id ?? null,
            organization_id,
            position: positions[index],
            discussed: isDiscussedIn(point, meeting),
            postponed: false,
            carried_at: meeting.closedAt,
          },
        ],
  );
}
