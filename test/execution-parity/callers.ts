import type pg from 'pg';
import type { GraphQLSchema } from 'graphql';
import { day, World, type TestPerson } from '../factories/world.js';
import { Cursors } from '../fuzz/cursors.js';
import { Knowledge, Marks } from '../fuzz/knowledge.js';
import { Generator, type Seeds } from '../fuzz/operations.js';
import { populate } from '../fuzz/populate.js';
import type { Random } from '../fuzz/random.js';
import { hashOf, loadWorld } from '../policies/session-queries.js';

/** Somebody who asks, and what their questions are made of. */
export interface Caller {
  readonly name: string;
  readonly token: string | undefined;
  /** The person whose session it is, also one that has ended; null for tokens of the API and for nobody. */
  readonly personId: string | null;
  readonly generator: Generator;
  readonly cursors: Cursors;
  readonly seeds: () => Seeds;
}

/** Who there is: one token each, by name. */
type Tokens = ReadonlyMap<string, string | undefined>;

export interface Population {
  readonly tokens: Tokens;
  readonly organizationIds: readonly string[];
}

const marks = new Marks();

/** A company in which there is something of everything, another one, and a token of every kind. */
export async function settle(world: World): Promise<Population> {
  const { admin } = world;
  const { token, organizationIds, person: manager } = await populate(world, 'manager', marks.next);
  if (manager === undefined) throw new Error('a manager is a person');
  const { rows } = await admin.query<TestPerson>(
    `select id, organization_id as "organizationId", split_part(name, ' ', 1) as name, email from person
     where organization_id = any($1)`,
    [organizationIds],
  );
  const find = (name: string, here = true): TestPerson => {
    const of = (person: TestPerson): boolean => (person.organizationId === manager.organizationId) === here;
    const found = rows.find((person) => person.name === name && of(person));
    if (!found) throw new Error(`nobody is called ${name}`);
    return found;
  };
  await world.role(find('Report'), 'AUDITOR');
  const boss = find('Boss');
  const api = (scope: string): Promise<string> =>
    world.apiToken({ id: boss.organizationId, name: '' }, [scope], boss);
  const tokens = new Map<string, string | undefined>([
    ['manager', token],
    ['administrator', await world.signIn(boss)],
    ['employee', await world.signIn(find('Peer'))],
    ['analyst', await world.signIn(find('Quiet'))],
    ['auditor', await world.signIn(find('Report'))],
    ['former employee', await world.signIn(find('Silent'))],
    ['person of another organization', await world.signIn(find('Self', false))],
    ['token DIRECTORY_READ', await api('DIRECTORY_READ')],
    ['token DIRECTORY_WRITE', await api('DIRECTORY_WRITE')],
    ['token TRENDS_READ', await api('TRENDS_READ')],
    ['token SCHEMA_READ', await api('SCHEMA_READ')],
    ['expired session', await world.signIn(boss)],
    ['revoked session', await world.signIn(boss)],
    ['nobody', undefined],
    ['a token of nobody', 'nobody'],
  ]);
  await world.leaves(find('Silent'), day(-20));
  // None is noted as used in the middle of a comparison: that would change what is answered.
  await admin.query(`update session set last_seen_at = now() + interval '2 hours'`);
  await change(admin, tokens, 'expired session', `expires_at = now() - interval '1 minute'`);
  await change(admin, tokens, 'revoked session', 'revoked_at = now()');
  return { tokens, organizationIds };
}

async function change(admin: World['admin'], tokens: Tokens, name: string, to: string): Promise<void> {
  await admin.query(`update session set ${to} where token_hash = decode($1, 'hex')`, [
    hashOf(tokens.get(name) ?? ''),
  ]);
}

/** The callers, each knowing the world as it is now. @param admin one of visibility/serving.ts */
export async function callersOf(
  { tokens, organizationIds }: Population,
  admin: pg.Client,
  schema: GraphQLSchema,
  random: Random,
): Promise<readonly Caller[]> {
  const world = await loadWorld(admin);
  const people = new Map(world.session.map(({ token_hash, person_id }) => [token_hash, person_id]));
  return Array.from(tokens, ([name, token]) => {
    const knowledge = new Knowledge(world, token === undefined ? null : hashOf(token));
    const cursors = new Cursors(random);
    return {
      name,
      token,
      personId: token === undefined ? null : (people.get(`\\x${hashOf(token)}`) ?? null),
      cursors,
      generator: new Generator(schema, random),
      seeds: () => knowledge.seeds(organizationIds, cursors.known, marks.next),
    };
  });
}
