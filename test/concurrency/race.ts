import type { Pool } from 'pg';
import type { Answer } from '../e2e/app.js';
import type { World } from '../factories/world.js';

/** Sends one operation as somebody. */
type Ask = (token: string, query: string, variables?: Record<string, unknown>) => Promise<Answer>;

/** Where a round of a race takes place. */
export interface RaceContext {
  /** As the owner of the tables, for queries at the same moment. */
  readonly owner: Pool;
  readonly world: World;
  readonly ask: Ask;
}

/** What several clients do at the same moment, and what must be true once all of them were answered. */
export interface Race {
  readonly name: string;
  /**
   * Creates the people and rows of one round.
   *
   * @returns the clients, and a judge of their answers (in the same order) and of what is there then: a sentence for each
   * outcome that no order of one after the other could have had
   */
  readonly round: (context: RaceContext) => Promise<{
    readonly clients: readonly (() => Promise<Answer>)[];
    readonly judge: (answers: readonly Answer[]) => Promise<readonly string[]>;
  }>;
  /** What the counter-proof takes out beside the locks, where a constraint is what holds: run as the owner. */
  readonly guard?: string;
}

export interface RaceResult {
  rounds: number;
  answers: number;
  /** By the code of the first error. */
  readonly refusals: Map<string, number>;
  readonly anomalies: string[];
}

/** Runs rounds one after the other while `goOn` says so. */
export async function run(
  race: Race,
  context: RaceContext,
  goOn: (result: RaceResult) => boolean,
  how: 'at once' | 'one by one' = 'at once',
): Promise<RaceResult> {
  const result: RaceResult = { rounds: 0, answers: 0, refusals: new Map(), anomalies: [] };
  while (goOn(result)) {
    const { clients, judge } = await race.round(context);
    const answers: Answer[] = [];
    if (how === 'at once') answers.push(...(await Promise.all(clients.map((client) => client()))));
    else for (const client of clients) answers.push(await client());
    result.rounds += 1;
    result.answers += answers.length;
    for (const { errors } of answers) {
      const code = errors[0]?.extensions.code;
      if (code === undefined) continue;
      result.refusals.set(code, (result.refusals.get(code) ?? 0) + 1);
      if (code === 'INTERNAL_SERVER_ERROR')
        result.anomalies.push('a client was answered INTERNAL_SERVER_ERROR');
    }
    result.anomalies.push(...(await judge(answers)));
  }
  return result;
}

/** How many answers are without errors and not an EditConflict. */
export function done(answers: readonly Answer[]): number {
  return answers.filter(succeeded).length;
}

export function succeeded({ data, errors }: Answer): boolean {
  if (errors.length > 0 || !data) return false;
  const [payload] = Object.values(data) as { __typename?: string }[];
  return payload?.__typename !== 'EditConflict';
}

/** A sentence unless the figure is as it must be. */
export function expected(what: string, actual: unknown, wanted: unknown): readonly string[] {
  return actual === wanted ? [] : [`${what}: ${String(actual)} instead of ${String(wanted)}`];
}

/** A number from the database, as the owner of the tables. */
export async function count(
  { owner }: RaceContext,
  query: string,
  values: readonly unknown[] = [],
): Promise<number> {
  const { rows } = await owner.query<{ count: string }>(`select count(*) from (${query}) counted`, [
    ...values,
  ]);
  return Number(rows[0]?.count);
}
