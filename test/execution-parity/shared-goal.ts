import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { World, type TestGoal, type TestOrganization, type TestPerson } from '../factories/world.js';
import { send, type Reply } from './responses.js';
import { takeLog } from './access-log.js';
import type { ServerPair } from './server-pair.js';

/** Sent by people who can see the goal. */
export const GOAL =
  'query ($id: ID!) { personalGoal(id: $id) { title } viewer { roles } people(first: 1) { nodes { id } } }';
/** Sent by people who can read the audit trail. */
export const AUDIT = '{ organization { auditTrail(first: 1) { nodes { action } } } viewer { roles } }';
export const CREATE =
  'mutation ($input: CreatePersonalGoalInput!) { createPersonalGoal(input: $input) { __typename } }';

export interface Reader extends TestPerson {
  readonly token: string;
}

/** A shared goal in a separate organization, on both servers. */
export class SharedGoal {
  private constructor(
    readonly servers: ServerPair,
    readonly world: World,
    readonly organization: TestOrganization,
    readonly goal: TestGoal,
  ) {}

  static async on(servers: ServerPair): Promise<SharedGoal> {
    const world = new World(servers.fast.database);
    const organization = await world.organization();
    const goal = await world.goal(await world.person(organization), { visibility: 'SHARED' });
    const fixture = new SharedGoal(servers, world, organization, goal);
    // Known to the process often enough to be compiled, and read ahead.
    const { token } = await fixture.reader();
    for (const query of [GOAL, AUDIT])
      for (let time = 0; time < 6; time += 1) await fixture.ask(query, token);
    await takeLog(servers.fast.database);
    return fixture;
  }

  /** Somebody with whom the goal is shared, and whose session the fast way recognizes. */
  async reader(): Promise<Reader> {
    const person = await this.world.person(this.organization);
    await this.world.share(this.goal, person, { waits: false, includesPast: true });
    const token = await this.world.signIn(person);
    await this.ask('{ viewer { person { id } } }', token);
    return { ...person, token };
  }

  ask(query: string, token: string, way: 'fast' | 'plain' = 'fast'): Promise<Reply> {
    return send(this.servers[way], token, this.bodyOf(query, token));
  }

  bodyOf(query: string, token: string): string {
    const variables = query.includes('$input') ? { input: { title: token } } : { id: this.goal.id };
    return JSON.stringify({ query, ...(query.includes('$') && { variables }) });
  }

  async setSession({ token }: Reader, to: string): Promise<void> {
    await this.servers.fast.database.query(`update session set ${to} where token_hash = $1`, [
      createHash('sha256').update(token).digest(),
    ]);
  }

  async dropRole({ id }: Reader): Promise<void> {
    await this.servers.fast.database.query('delete from role_grant where person_id = $1', [id]);
  }

  /** How many goals were made with this token as their title. */
  async madeBy({ token }: Reader): Promise<number> {
    const { rows } = await this.servers.fast.database.query('select 1 from personal_goal where title = $1', [
      token,
    ]);
    return rows.length;
  }
}

/** Long enough for what an operation reads to have been read, and shorter than a slow look-up. */
export function meanwhile(): Promise<void> {
  return sleep(300);
}
