import { ALIGNMENTS } from './alignments.js';
import type { Calendar } from './calendar.js';
import { GOALS, type GoalKey } from './goals/index.js';
import { demoId } from './ids.js';
import type { PersonKey } from './people.js';
import {
  ORGANIZATION_ID as organization_id,
  check,
  personId,
  zoneOf,
  type Row,
  type Tables,
} from './rows.js';
import { businessGoalId } from './rows-business.js';
import { LINES } from './rows-people.js';
import type { DemoGoal, DemoShare } from './shapes.js';

export function goalId(key: GoalKey): string {
  return demoId('personal-goal', key);
}

export function isGoal(key: string): key is GoalKey {
  return key in GOALS;
}

/** Whether a person can see a goal now. */
export function sees(viewer: PersonKey, key: string): boolean {
  if (!isGoal(key)) return false;
  const { owner, organizationWide, shares = [] }: DemoGoal = GOALS[key];
  return (
    owner === viewer ||
    organizationWide === true ||
    shares.some((share) => share.with === viewer && share.comesTo === undefined)
  );
}

const ENTRIES = Object.entries(GOALS) as [GoalKey, DemoGoal][];

/** When each share was created. */
export function shareTimes(calendar: Calendar): Row[] {
  return SHARES.map(({ key, share }) => ({
    id: shareId(key, share),
    at: calendar.moment(share.on, 'share', key),
  }));
}

/** The state that a share must have after the triggers have run. */
export interface ExpectedShare {
  readonly id: string;
  readonly state: 'PENDING' | 'ACTIVE' | 'ENDED';
  /** The reporting line with which it ended. */
  readonly formerLineId?: string;
  readonly label: string;
}

/** Personal goals and their parts, in the order of insertion. */
export function goalTables(calendar: Calendar): Tables {
  for (const [key, goal] of ENTRIES) checkGoal(key, goal);
  return {
    personal_goal: ENTRIES.map(([key, goal]) => goalRow(calendar, key, goal)),
    personal_goal_own: ENTRIES.map(([key, goal]) => ownRow(calendar, key, goal)),
    personal_goal_version: ENTRIES.flatMap(([key, goal]) => versionRows(calendar, key, goal)),
    milestone: ENTRIES.flatMap(([key, goal]) => milestoneRows(calendar, key, goal)),
    goal_update: ENTRIES.flatMap(([key, { owner, updates = [] }]) =>
      updates.map(([on, text, value], index) => ({
        id: demoId('goal-update', key, index),
        organization_id,
        goal_id: goalId(key),
        author_id: personId(owner),
        text,
        measured_value: value ?? null,
        at: calendar.moment(on, 'update', key),
        created_at: calendar.moment(on, 'update', key),
      })),
    ),
    goal_share: SHARES.toSorted((a, b) => a.share.on - b.share.on).map(({ key, goal, share }) => ({
      id: shareId(key, share),
      organization_id,
      goal_id: goalId(key),
      owner_id: personId(goal.owner),
      with_id: personId(share.with),
      includes_past: share.past === true,
      // The database decides whether it is pending.
      waiting: share.withoutWaiting !== true,
      expires_at: share.expires === undefined ? null : calendar.endOfDay(share.expires, zoneOf(goal.owner)),
      // The database ignores it while the share is pending.
      became_active_at: calendar.moment(share.on, 'share', key),
      ended_at: share.withdrawn === undefined ? null : calendar.moment(share.withdrawn, 'withdrawn', key),
    })),
    goal_access: SHARES.flatMap(({ key, goal, share }) =>
      (['listed', 'opened'] as const).flatMap((kind) =>
        (share[kind] ?? []).map((on) => ({
          reader_id: personId(share.with),
          goal_id: goalId(key),
          on_day: calendar.day(on),
          kind: kind.toUpperCase(),
          owner_id: personId(goal.owner),
          organization_id,
        })),
      ),
    ),
    ...alignmentTables(calendar),
  };
}

const SHARES = ENTRIES.flatMap(([key, goal]) => (goal.shares ?? []).map((share) => ({ key, goal, share })));

export const EXPECTED_SHARES: readonly ExpectedShare[] = SHARES.map(({ key, goal, share }) => {
  const former = share.formerManager
    ? LINES.find(
        ({ report, manager, until }) =>
          report === goal.owner && manager === share.with && until !== undefined,
      )
    : undefined;
  check(
    !share.formerManager || former !== undefined,
    `${key}: ${share.with} was not a manager of ${goal.owner}.`,
  );
  return {
    id: shareId(key, share),
    state: share.comesTo ?? 'ACTIVE',
    ...(former && { formerLineId: former.id }),
    label: `${key}, shared with ${share.with}`,
  };
});

function shareId(key: GoalKey, share: DemoShare): string {
  return demoId('share', key, share.with);
}

function goalRow(calendar: Calendar, key: GoalKey, goal: DemoGoal): Row {
  const shared = goal.shares === undefined ? 'PRIVATE' : 'SHARED';
  return {
    id: goalId(key),
    organization_id,
    owner_id: personId(goal.owner),
    title: goal.title,
    why: goal.why ?? null,
    horizon: goal.horizon ?? null,
    target_on: goal.targetOn === undefined ? null : calendar.day(goal.targetOn),
    status: goal.status ?? 'ACTIVE',
    visibility: goal.organizationWide ? 'ORGANIZATION' : shared,
    open_to_proposals: goal.openToProposals === true,
    measure_unit: goal.measure?.unit ?? null,
    measure_start: goal.measure?.start ?? null,
    measure_current: goal.measure ? (measured(goal).at(-1) ?? goal.measure.start) : null,
    measure_target: goal.measure?.target ?? null,
  };
}

function measured({ updates = [] }: DemoGoal): number[] {
  return updates.flatMap(([, , value]) => (value === undefined ? [] : [value]));
}

function ownRow(calendar: Calendar, key: GoalKey, { owner, area, begun, before = [] }: DemoGoal): Row {
  return {
    goal_id: goalId(key),
    organization_id,
    owner_id: personId(owner),
    area: area ?? null,
    version: before.length + 1,
    created_at: calendar.moment(begun, 'goal', key),
    updated_at: calendar.moment(before.at(-1)?.until ?? begun, 'goal', key),
  };
}

function versionRows(calendar: Calendar, key: GoalKey, goal: DemoGoal): Row[] {
  const { owner, title, why, begun, before = [] } = goal;
  const since = [begun, ...before.map(({ until }) => until)];
  return [...before, { title, why }].map((words, index) => ({
    goal_id: goalId(key),
    version: index + 1,
    organization_id,
    owner_id: personId(owner),
    title: words.title,
    why: words.why ?? null,
    at: calendar.moment(since[index] ?? begun, 'goal', key),
  }));
}

function milestoneRows(calendar: Calendar, key: GoalKey, { owner, begun, milestones = [] }: DemoGoal): Row[] {
  return milestones.map(([title, reached], index) => ({
    id: demoId('milestone', key, index),
    organization_id,
    goal_id: goalId(key),
    owner_id: personId(owner),
    title,
    position: index + 1,
    reached_on: reached === undefined ? null : calendar.day(reached),
    reached_at: reached === undefined ? null : calendar.moment(reached, 'reached', key, index),
    created_at: calendar.moment(begun, 'goal', key),
  }));
}

function alignmentTables(calendar: Calendar): Tables {
  for (const { goal, part, proposedBy, on, declined } of ALIGNMENTS) {
    const label = `${goal} with ${part}`;
    const { owner, openToProposals }: DemoGoal = GOALS[goal];
    if (proposedBy === undefined) continue;
    check(openToProposals === true, `${label}: not open to proposals.`);
    check(on > -30, `${label}: the proposal has lapsed.`);
    check(proposedBy !== owner, `${label}: an owner places instead of proposing.`);
    check(sees(proposedBy, goal), `${label}: ${proposedBy} cannot see the goal.`);
    check(declined === undefined || declined > on, `${label}: declined before it was proposed.`);
  }
  return {
    alignment: ALIGNMENTS.map(({ goal, part, on, how, proposedBy }) => ({
      id: demoId('alignment', goal, part),
      organization_id,
      personal_goal_id: goalId(goal),
      owner_id: personId(GOALS[goal].owner),
      business_goal_id: businessGoalId(part),
      how,
      proposed_by_id: personId(proposedBy ?? GOALS[goal].owner),
      state: proposedBy === undefined ? 'PLACED' : 'PROPOSED',
      proposed_at: calendar.moment(on, 'alignment', goal, part),
    })),
    alignment_decline: ALIGNMENTS.flatMap(({ goal, part, declined }) =>
      declined === undefined
        ? []
        : [
            {
              alignment_id: demoId('alignment', goal, part),
              organization_id,
              owner_id: personId(GOALS[goal].owner),
              declined_at: calendar.moment(declined, 'declined', goal, part),
            },
          ],
    ),
  };
}

function checkGoal(key: GoalKey, goal: DemoGoal): void {
  const { owner, begun, before = [], milestones = [], updates = [], shares = [] } = goal;
  const days = [
    ...before.map(({ until }) => until),
    ...milestones.flatMap(([, reached]) => reached ?? []),
    ...updates.map(([on]) => on),
    ...shares.flatMap(({ on, withdrawn, listed = [], opened = [] }) => [
      on,
      withdrawn ?? on,
      ...listed,
      ...opened,
    ]),
  ];
  check(
    days.every((day) => day >= begun && day < 0),
    `${key}: a date before it was begun, or in the future.`,
  );
  check(
    updates.every(([on], index) => index === 0 || on > (updates[index - 1]?.[0] ?? on)),
    `${key}: updates out of order.`,
  );
  check(goal.measure !== undefined || measured(goal).length === 0, `${key}: a value without a measure.`);
  for (const share of shares) {
    const label = `${key}, shared with ${share.with}`;
    const shown = [...(share.listed ?? []), ...(share.opened ?? [])];
    const until = share.withdrawn ?? share.expires ?? 0;
    check(share.with !== owner, `${label}: with oneself.`);
    check(
      shown.every((day) => day >= share.on && day <= until),
      `${label}: read when it was not shared.`,
    );
    check(share.comesTo !== 'PENDING' || shown.length === 0, `${label}: read while it is pending.`);
  }
}
