import { STATEMENT_RESULT_CHANNEL } from '../../libs/db/diagnostics.js';
import { listening } from '../e2e/statements.js';
import { day } from '../factories/world.js';
import { takeLog } from './access-log.js';
import { difference, hasErrors, type Reply } from './responses.js';
import { SLOW_MS, withLookups } from './session-lookups.js';
import { AUDIT, CREATE, GOAL, meanwhile, type Reader, type SharedGoal } from './shared-goal.js';

/** Something that becomes of a session that was recognized, and what notices it. */
export interface Change {
  readonly name: string;
  readonly query: string;
  /** Whether nothing may be shown any more, and so nothing logged. */
  readonly ends: boolean;
  readonly before?: (fixture: SharedGoal, reader: Reader) => Promise<void>;
  readonly apply: (fixture: SharedGoal, reader: Reader) => Promise<void>;
}

export const CHANGES: readonly Change[] = [
  {
    name: 'is revoked',
    query: GOAL,
    ends: true,
    apply: (fixture, reader) => fixture.setSession(reader, 'revoked_at = now()'),
  },
  {
    name: 'expires',
    query: GOAL,
    ends: true,
    apply: (fixture, reader) => fixture.setSession(reader, `expires_at = now() - interval '1 second'`),
  },
  {
    name: 'is of somebody who leaves',
    query: GOAL,
    ends: true,
    apply: ({ world }, reader) => world.leaves(reader, day(-2)),
  },
  {
    name: 'is of somebody given a role',
    query: GOAL,
    ends: false,
    apply: ({ world }, reader) => world.role(reader, 'AUDITOR'),
  },
  {
    name: 'is of an auditor from now on',
    query: AUDIT,
    ends: false,
    apply: ({ world }, reader) => world.role(reader, 'AUDITOR'),
  },
  {
    name: 'is of an auditor no longer',
    query: AUDIT,
    ends: true,
    before: ({ world }, reader) => world.role(reader, 'AUDITOR'),
    apply: (fixture, reader) => fixture.dropRole(reader),
  },
];

/** What is wrong where this happens between two requests, or while the second is looked up. Nothing, as a rule. */
export async function problemsOf(
  fixture: SharedGoal,
  change: Change,
  when: 'before' | 'meanwhile',
): Promise<string[]> {
  const { fast } = fixture.servers;
  const reader = await fixture.reader();
  await change.before?.(fixture, reader);
  const first = await fixture.ask(change.query, reader.token);
  const shown = await takeLog(fast.database);

  let second: Reply;
  if (when === 'before') {
    await change.apply(fixture, reader);
    second = await fixture.ask(change.query, reader.token);
  } else {
    second = await withLookups(fast.database, 'slow', async () => {
      const answer = fixture.ask(change.query, reader.token);
      await meanwhile();
      await change.apply(fixture, reader);
      return answer;
    });
  }
  const log = await takeLog(fast.database);
  const wanted = await fixture.ask(change.query, reader.token, 'plain');
  const wantedLog = await takeLog(fast.database);

  const problems: string[] = [];
  if (difference(first, wanted) === undefined) problems.push('nothing has changed: this shows nothing');
  if (change.query === GOAL && shown.length === 0)
    problems.push('nothing was logged at first: this shows nothing');
  const found = difference(wanted, second);
  if (found !== undefined) problems.push(`answered as before:\n  ${found}`);
  if (log.join() !== wantedLog.join())
    problems.push(`logged ${log.join(', ')} instead of ${wantedLog.join(', ')}`);
  if (change.ends && log.length > 0) problems.push(`logged what was not shown: ${log.join(', ')}`);
  return problems;
}

/** A mutation by a session that was recognized and is over must do nothing. */
export async function problemsOfMutation(
  fixture: SharedGoal,
  when: 'before' | 'meanwhile',
): Promise<string[]> {
  const [reader, other] = [await fixture.reader(), await fixture.reader()];
  const end = (): Promise<void> => fixture.setSession(reader, 'revoked_at = now()');
  let answer: Reply;
  if (when === 'before') {
    await end();
    answer = await fixture.ask(CREATE, reader.token);
  } else {
    answer = await withLookups(fixture.servers.fast.database, 'slow', async () => {
      const asked = fixture.ask(CREATE, reader.token);
      await meanwhile();
      await end();
      return asked;
    });
  }
  const problems: string[] = [];
  const made = await fixture.madeBy(reader);
  if (made > 0) problems.push(`made ${String(made)} goals`);
  const found = difference(await fixture.ask(CREATE, reader.token, 'plain'), answer);
  if (found !== undefined) problems.push(found);
  const control = await fixture.ask(CREATE, other.token);
  if (hasErrors(control) || (await fixture.madeBy(other)) !== 1)
    problems.push('nobody can: this shows nothing');
  return problems;
}

/** Where it cannot be found out who asks there is no answer, neither as nobody's nor as that of whom it was. */
export async function problemsOfFailure(fixture: SharedGoal, how: 'failing' | 'cut off'): Promise<string[]> {
  const { database } = fixture.servers.fast;
  const reader = await fixture.reader();
  const problems: string[] = [];
  await withLookups(database, how, async () => {
    for (const query of [GOAL, CREATE]) {
      const answer = await fixture.ask(query, reader.token);
      const text = JSON.stringify([
        answer.rest,
        answer.errors,
        [...answer.lifted.values()].map((all) => [...all.values()]),
      ]);
      if (answer.data !== null) problems.push(`answered ${text}`);
      if (!/INTERNAL_SERVER_ERROR|UNAVAILABLE/.test(text)) problems.push(`did not fail: ${text}`);
      const found = difference(await fixture.ask(query, reader.token, 'plain'), answer);
      if (found !== undefined) problems.push(found);
    }
  });
  if ((await fixture.madeBy(reader)) > 0) problems.push('made a goal');
  const log = await takeLog(database);
  if (log.length > 0) problems.push(`logged ${log.join(', ')}`);
  const after = await fixture.ask(GOAL, reader.token);
  if (hasErrors(after)) problems.push('still fails once the look-up works again');
  await takeLog(database);
  return problems;
}

/** The rows are read meanwhile, and the answer waits. */
export async function problemsOfWaiting(fixture: SharedGoal): Promise<string[]> {
  const reader = await fixture.reader();
  const readAt: number[] = [];
  const hear = (message: unknown): void => {
    if (/\bfrom personal_goal\b/.test((message as { text: string }).text)) readAt.push(performance.now());
  };
  const slowly = (): Promise<string[]> =>
    withLookups(fixture.servers.fast.database, 'slow', async () => {
      const began = performance.now();
      const answer = await fixture.ask(GOAL, reader.token);
      const took = performance.now() - began;
      const problems = hasErrors(answer) ? ['refused'] : [];
      if (took < SLOW_MS) problems.push(`answered after ${String(took)} ms`);
      if (!readAt.some((at) => at - began < SLOW_MS)) problems.push('nothing was read meanwhile');
      return problems;
    });
  try {
    return await listening(STATEMENT_RESULT_CHANNEL, hear, slowly);
  } finally {
    await takeLog(fixture.servers.fast.database);
  }
}
