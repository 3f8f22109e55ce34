import type { Calendar } from './calendar.js';
import { BUSINESS_GOALS, type BusinessGoalKey } from './business/index.js';
import { demoId, orderedId } from './ids.js';
import { ORGANIZATION_ID as organization_id, check, personId, type Tables } from './rows.js';
import type { DemoBusinessGoal } from './shapes.js';

interface Entry {
  readonly key: BusinessGoalKey;
  readonly goal: DemoBusinessGoal;
  readonly quarter: number;
  readonly order: number;
}

const ENTRIES: readonly Entry[] = BUSINESS_GOALS.flatMap((goals, quarter) =>
  (Object.entries(goals) as [BusinessGoalKey, DemoBusinessGoal][]).map(([key, goal]) => ({
    key,
    goal,
    quarter,
  })),
).map((entry, order) => ({ ...entry, order }));

const ORDER = new Map(ENTRIES.map(({ key, order }) => [key, order]));

export function businessGoalId(key: BusinessGoalKey): string {
  return demoId('business-goal', key);
}

export function isBusinessGoal(key: string): key is BusinessGoalKey {
  return ORDER.has(key as BusinessGoalKey);
}

/** Quarters, business goals and all that belongs to them, in the order of insertion. */
export function businessTables(calendar: Calendar): Tables {
  const quarters = calendar.quarters();
  for (const entry of ENTRIES) checkGoal(entry);
  return {
    cycle: quarters.map(({ name, startsOn, endsOn }, index) => ({
      id: orderedId('cycle', index),
      organization_id,
      name,
      starts_on: startsOn,
      ends_on: endsOn,
    })),
    business_goal: ENTRIES.map(({ key, goal, quarter, order }) => ({
      id: businessGoalId(key),
      organization_id,
      owner_id: personId(goal.owner),
      cycle_id: orderedId('cycle', quarter),
      parent_id: goal.parent === undefined ? null : businessGoalId(goal.parent as BusinessGoalKey),
      continues_id: goal.continues === undefined ? null : businessGoalId(goal.continues as BusinessGoalKey),
      title: goal.title,
      description: goal.description ?? null,
      state: goal.state,
      progress_by_hand: goal.progressByHand ?? null,
      listed_at: new Date(Date.parse(quarters[quarter]?.startsOn ?? '') + (8 * 60 + order * 7) * 60_000),
    })),
    key_result: ENTRIES.flatMap(({ key, goal }) =>
      (goal.keyResults ?? []).map(([title, unit, start, current, target], index) => ({
        id: demoId('key-result', index, key),
        organization_id,
        business_goal_id: businessGoalId(key),
        title,
        unit,
        start_value: start,
        current_value: current,
        target_value: target,
        position: index + 1,
      })),
    ),
    business_goal_assignee: ENTRIES.flatMap(({ key, goal }) =>
      (goal.assignees ?? []).map((assignee) => ({
        business_goal_id: businessGoalId(key),
        person_id: personId(assignee),
        organization_id,
      })),
    ),
    check_in: ENTRIES.flatMap(({ key, goal }) =>
      (goal.checkIns ?? []).map(([on, by, health, confidence, text], index) => ({
        id: orderedId('check-in', on, key, index),
        organization_id,
        business_goal_id: businessGoalId(key),
        author_id: personId(by),
        text: text ?? null,
        confidence,
        health,
        at: calendar.moment(on, 'check-in', key),
      })),
    ),
  };
}

/** The version of each business goal: one more for each check-in. */
export const VERSIONS: readonly { readonly id: string; readonly version: number }[] = ENTRIES.map(
  ({ key, goal }) => ({
    id: businessGoalId(key),
    version: 1 + (goal.checkIns ?? []).length,
  }),
);

function checkGoal({ key, goal, order }: Entry): void {
  const { owner, formerOwner = owner, parent, continues, state, assignees = [], checkIns = [] } = goal;
  if (parent !== undefined) {
    check(isBusinessGoal(parent), `${key}: there is no goal ${parent}.`);
    check((ORDER.get(parent as BusinessGoalKey) ?? 0) < order, `${key}: comes before its parent ${parent}.`);
  }
  if (continues !== undefined) {
    check(isBusinessGoal(continues), `${key}: there is no goal ${continues}.`);
    check((ORDER.get(continues as BusinessGoalKey) ?? 0) < order, `${key}: comes before ${continues}.`);
    check(state !== 'DRAFT', `${key}: a draft that continues a goal.`);
  }
  check(
    new Set(assignees).size === assignees.length && !assignees.includes(owner),
    `${key}: somebody is named twice.`,
  );
  check(
    checkIns.every(([on], index) => on < 0 && (index === 0 || on > (checkIns[index - 1]?.[0] ?? on))),
    `${key}: check-ins out of order.`,
  );
  check(
    checkIns.every(([, by]) => by === owner || by === formerOwner || assignees.includes(by)),
    `${key}: a check-in by somebody else.`,
  );
  if (state === 'DRAFT') check(checkIns.length === 0, `${key}: a draft with check-ins.`);
}
