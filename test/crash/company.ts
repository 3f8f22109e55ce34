import type { Client } from 'pg';
import { World, type TestPerson, type TestRow } from '../factories/world.js';

const PAIRS = 16;
const ORGANIZATIONS = 4;

/** A person with a session. */
export interface Caller extends TestPerson {
  readonly token: string;
}

/** A manager and a report for one writer, in an organization that several share. */
export interface Pair {
  readonly name: string;
  readonly cycleId: string;
  readonly leader: Caller;
  readonly report: Caller;
}

/** Creates organizations, people, reporting lines and sessions. */
export async function createPairs(admin: Client): Promise<Pair[]> {
  const world = new World(admin);
  const organizations = [];
  for (let index = 0; index < ORGANIZATIONS; index += 1) {
    const organization = await world.organization();
    organizations.push({ organization, cycle: await world.cycle(organization) });
  }
  const pairs: Pair[] = [];
  for (let index = 0; index < PAIRS; index += 1) {
    const { organization, cycle } = organizations[index % ORGANIZATIONS] as {
      organization: Awaited<ReturnType<World['organization']>>;
      cycle: TestRow;
    };
    const [leader, report] = await Promise.all(
      ['Leader', 'Report'].map(async (name): Promise<Caller> => {
        const person = await world.person(organization, { name: `${name} ${index}` });
        return { ...person, token: await world.signIn(person) };
      }),
    );
    if (leader === undefined || report === undefined) throw new Error('There is no pair.');
    await world.role(leader, 'PEOPLE_ADMIN');
    await world.line(report, leader);
    pairs.push({ name: `w${index}`, cycleId: cycle.id, leader, report });
  }
  return pairs;
}
