import { World, type TestOrganization } from '../factories/world.js';
import { day } from '../factories/world.js';
import { startApp, type TestApp } from './app.js';
import { Actors, type Actor } from './actors.js';

interface People {
  people: {
    nodes: { id: string; name: string }[];
    pageInfo: {
      hasNextPage: boolean;
      endCursor: string | null;
      hasPreviousPage: boolean;
      startCursor: string | null;
    };
  };
}

const PEOPLE = `query ($first: Int, $after: String, $last: Int, $before: String, $search: String, $departmentId: ID, $locationId: ID, $includeFormer: Boolean) {
  people(first: $first, after: $after, last: $last, before: $before, search: $search, departmentId: $departmentId, locationId: $locationId, includeFormer: $includeFormer) {
    nodes { id name } pageInfo { hasNextPage endCursor hasPreviousPage startCursor }
  }
}`;

let app: TestApp;
let world: World;
let cast: Actors;
let organization: TestOrganization;
let viewer: Actor;

beforeAll(async () => {
  app = await startApp();
  world = new World(app.database);
  cast = new Actors(app, world);
});
afterAll(() => app.close());

beforeEach(async () => {
  organization = await world.organization();
  viewer = await cast.join(organization, { name: 'Viewer', email: `v${organization.id}@example.com` });
});

async function names(args: Record<string, unknown>, as: Pick<Actor, 'get'> = viewer): Promise<string[]> {
  const { people } = await as.get<People>(PEOPLE, { first: 100, ...args });
  return people.nodes.map(({ name }) => name);
}

/** Every page of a list, one after the other. */
async function pages(args: Record<string, unknown>): Promise<string[][]> {
  const found: string[][] = [];
  for (let after: string | null = null; ;) {
    const { people }: People = await viewer.get<People>(PEOPLE, { ...args, after });
    found.push(people.nodes.map(({ id }) => id));
    if (!people.pageInfo.hasNextPage) return found;
    after = people.pageInfo.endCursor;
  }
}

/** Every page of a list, from the last to the first; the pages and their items in the order of the list. */
async function pagesFromEnd(args: Record<string, unknown>): Promise<string[][]> {
  const found: string[][] = [];
  for (let before: string | null = null; ;) {
    const { people }: People = await viewer.get<People>(PEOPLE, { ...args, before });
    found.unshift(people.nodes.map(({ id }) => id));
    if (!people.pageInfo.hasPreviousPage) return found;
    before = people.pageInfo.startCursor;
  }
}

describe('people', () => {
  it('come in the order of their names, as people sort them', async () => {
    for (const name of ['Zoë', 'Åsa', 'Asa', 'émile', 'Emil', '王芳'])
      await world.person(organization, { name });
    expect(await names({})).toEqual(['Asa', 'Åsa', 'Emil', 'émile', 'Viewer', 'Zoë', '王芳']);
  });

  it.each([undefined, 'same'])(
    'are paged without gap or double over equal names (search: %s)',
    async (search) => {
      const ids = [];
      for (let index = 0; index < 7; index += 1)
        ids.push((await world.person(organization, { name: 'Same Name' })).id);
      const found = await pages({ first: 3, search });
      expect(found.map((page) => page.length)).toEqual(search === undefined ? [3, 3, 2] : [3, 3, 1]);
      expect(found.flat().filter((id) => id !== viewer.id)).toEqual(ids.sort());
    },
  );

  it('are narrowed to a department, a location, both, and a search within them', async () => {
    const [tools, sales] = [await world.department(organization), await world.department(organization)];
    const [kyoto, lisbon] = [await world.location(organization), await world.location(organization)];
    await world.person(organization, { name: 'Ana', departmentId: tools.id, locationId: kyoto.id });
    await world.person(organization, { name: 'Ben', departmentId: tools.id, locationId: lisbon.id });
    await world.person(organization, { name: 'Cem', departmentId: sales.id, locationId: kyoto.id });
    expect(await names({ departmentId: tools.id })).toEqual(['Ana', 'Ben']);
    expect(await names({ locationId: kyoto.id })).toEqual(['Ana', 'Cem']);
    expect(await names({ departmentId: tools.id, locationId: kyoto.id })).toEqual(['Ana']);
    expect(await names({ departmentId: tools.id, search: 'ben' })).toEqual(['Ben']);
    expect(await names({ locationId: kyoto.id, search: 'ben' })).toEqual([]);
    expect(await viewer.refusal(PEOPLE, { departmentId: 'tools' })).toBe('BAD_USER_INPUT');
  });

  it('do not include those who have left, unless asked for', async () => {
    const [gone, going] = [
      await world.person(organization, { name: 'Gone' }),
      await world.person(organization, { name: 'Going' }),
    ];
    await world.leaves(gone, day(-1));
    await world.leaves(going, day(0));
    expect(await names({})).toEqual(['Going', 'Viewer']);
    expect(await names({ includeFormer: true })).toEqual(['Going', 'Gone', 'Viewer']);
    expect(await names({ search: 'go' })).toEqual(['Going']);
    expect(await names({ search: 'go', includeFormer: true })).toEqual(['Going', 'Gone']);
  });
});

describe('filters of people', () => {
  const FILTERED = `query ($managerId: ID, $withoutManager: Boolean, $account: [AccountState!], $search: String, $first: Int, $after: String) {
    people(managerId: $managerId, withoutManager: $withoutManager, account: $account, search: $search, first: $first, after: $after) {
      nodes { name } pageInfo { hasNextPage endCursor } } }`;
  const filtered = async (
    args: Record<string, unknown>,
    as: Pick<Actor, 'get'> = viewer,
  ): Promise<string[]> => (await as.get<People>(FILTERED, args)).people.nodes.map(({ name }) => name);

  it('select the people of a manager today, and those without one', async () => {
    const [ana, ben, cem, dot] = [
      await world.person(organization, { name: 'Ana' }),
      await world.person(organization, { name: 'Ben' }),
      await world.person(organization, { name: 'Cem' }),
      await world.person(organization, { name: 'Dot' }),
    ];
    await world.line(ben, ana);
    await world.line(cem, ana, { until: day(-1) });
    await world.line(dot, ana, { from: day(3) });
    expect(await filtered({ managerId: ana.id })).toEqual(['Ben']);
    expect(await filtered({ managerId: ana.id, search: 'cem' })).toEqual([]);
    const elsewhere = await world.organization();
    const stranger = await world.person(elsewhere);
    await world.line(await world.person(elsewhere), stranger);
    expect(await filtered({ managerId: stranger.id })).toEqual([]);
    expect(await filtered({ withoutManager: true })).toEqual(['Ana', 'Cem', 'Dot', 'Viewer']);
    expect(await filtered({ withoutManager: true, search: 'cem' })).toEqual(['Cem']);
    expect(await viewer.refusal(FILTERED, { withoutManager: true, managerId: ana.id })).toBe(
      'BAD_USER_INPUT',
    );
    const { people: first } = await viewer.get<People>(FILTERED, { withoutManager: true, first: 3 });
    expect(first.pageInfo.hasNextPage).toBe(true);
    expect(await filtered({ withoutManager: true, first: 3, after: first.pageInfo.endCursor })).toEqual([
      'Viewer',
    ]);
  });

  it('select accounts by their state, for PEOPLE_ADMIN alone', async () => {
    const admin = await cast.join(organization, { name: 'Admin' });
    await world.role(admin, 'PEOPLE_ADMIN');
    const invited = await world.person(organization, { name: 'Invited', email: 'inv@example.com' });
    await world.person(organization, { name: 'None' });
    await cast
      .join(organization, { name: 'Disabled' })
      .then(({ id }) =>
        app.database.query('update account set disabled_at = now() where person_id = $1', [id]),
      );
    await admin.get(
      'mutation ($ids: [ID!]!) { invitePeople(input: { personIds: $ids }) { invitations { id } } }',
      {
        ids: [invited.id],
      },
    );
    expect(await filtered({ account: ['NONE'] }, admin)).toEqual(['None']);
    expect(await filtered({ account: ['INVITED'] }, admin)).toEqual(['Invited']);
    expect(await filtered({ account: ['ACTIVE'] }, admin)).toEqual(['Admin', 'Viewer']);
    expect(await filtered({ account: ['DISABLED', 'NONE'] }, admin)).toEqual(['Disabled', 'None']);
    expect(await filtered({ account: ['DISABLED'], search: 'disabled' }, admin)).toEqual(['Disabled']);
    expect(await viewer.refusal(FILTERED, { account: ['NONE'] })).toBe('NOT_PERMITTED');
  });

  it('find a person by their external ID, for PEOPLE_ADMIN alone', async () => {
    const admin = await cast.join(organization, { name: 'Admin' });
    await world.role(admin, 'PEOPLE_ADMIN');
    await world.person(organization, { name: 'Ana', externalId: 'E 00042' });
    await world.person(organization, { name: 'Ben', title: 'E 00042 lead' });
    expect(await filtered({ search: 'e 00042' }, admin)).toEqual(['Ana', 'Ben']);
    expect(await filtered({ search: 'e 0004' }, admin)).toEqual(['Ben']);
    expect(await filtered({ search: 'e 00042' })).toEqual(['Ben']);
  });
});

describe('search', () => {
  beforeEach(async () => {
    await world.person(organization, {
      name: 'José Núñez-Sánchez',
      email: 'jose.ns@example.com',
      title: 'Tool Designer',
    });
    await world.person(organization, { name: "Ann O'Neill", title: '100% remote_first \\ "lead"' });
  });

  it.each([
    ['the middle of a name', 'nchez', ['José Núñez-Sánchez']],
    ['without accents and capitals', 'JOSE nunez', ['José Núñez-Sánchez']],
    ['with accents', 'Núñez', ['José Núñez-Sánchez']],
    ['with accents written apart', 'Nu\u0301n\u0303ez', ['José Núñez-Sánchez']],
    ['words in any order', 'designer josé', ['José Núñez-Sánchez']],
    ['each word', 'designer ann', []],
    ['the address', 'jose.ns@', ['José Núñez-Sánchez']],
    ['a percent sign', '0%', ["Ann O'Neill"]],
    ['a percent sign alone', '%', ["Ann O'Neill"]],
    ['an underscore alone', '_', ["Ann O'Neill"]],
    ['an underscore for any letter', 'J_sé', []],
    ['a backslash', '\\', ["Ann O'Neill"]],
    ['a quote', "o'neill", ["Ann O'Neill"]],
    ['quotation marks', '"lead"', ["Ann O'Neill"]],
    ['SQL', "' or true --", []],
    ['a dollar quote', '$$', []],
    ['nothing but space', '   ', ["Ann O'Neill", 'José Núñez-Sánchez', 'Viewer']],
  ])('finds by %s', async (_, search, found) => {
    expect(await names({ search })).toEqual(found);
  });

  it('finds in a large organization what reading every name finds, page by page', async () => {
    // Names that stand together, words that many, few, two or none have, some who have left, two departments and locations.
    const departments = [await world.department(organization), await world.department(organization)];
    const locations = [await world.location(organization), await world.location(organization)];
    await app.database.query(
      `insert into person (organization_id, name, email, title, department_id, location_id)
       select $1, concat((array['Anna','Maria','Peter','Sofia','Łukasz','Zoé'])[1 + n / 5 % 6], ' ',
           (array['Müller','García','Novák','O''Neill','Ba'])[1 + n % 5], case when n % 3 = 0 then ' ' || n end),
         concat('p', n, '@many.example.com'), (array['Nurse','Engineer','Team Lead',null])[1 + n / 7 % 4],
         ($2::uuid[])[1 + n % 2], ($3::uuid[])[1 + n / 2 % 2]
       from generate_series(1, 6000) n`,
      [organization.id, departments.map(({ id }) => id), locations.map(({ id }) => id)],
    );
    await app.database.query(
      `insert into employment_end (person_id, organization_id, ended_on)
       select id, organization_id, '2026-01-01' from person where organization_id = $1 and email like 'p%7@many%'`,
      [organization.id],
    );
    await app.database.query('analyze person');
    const searches = [
      'sof',
      'maria muller',
      'zoe',
      'ba',
      'zo',
      'many.example.com',
      'anna 42',
      'nobody',
      '5999',
      'so no nurse',
    ];
    for (const [index, search] of searches.entries()) {
      const departmentId = index % 3 === 1 ? departments[0]?.id : undefined;
      const locationId = index % 4 === 1 || index % 3 === 2 ? locations[1]?.id : undefined;
      const includeFormer = index % 2 === 1;
      const { rows } = await app.database.query<{ id: string }>(
        `select p.id from person p
         where organization_id = $1 and not exists (
             select from unnest(string_to_array($2, ' ')) word where strpos(p.search_text, word) = 0
           )
           and ($3::uuid is null or department_id = $3) and ($4::uuid is null or location_id = $4)
           and ($5 or not exists (select from employment_end e where e.person_id = p.id))
         order by p.name, p.id`,
        [organization.id, search, departmentId, locationId, includeFormer],
      );
      const found = await pages({ first: 100, search, departmentId, locationId, includeFormer });
      expect([search, found.flat()]).toEqual([search, rows.map(({ id }) => id)]);
      const fromEnd = await pagesFromEnd({ last: 100, search, departmentId, locationId, includeFormer });
      expect([search, fromEnd.flat()]).toEqual([search, found.flat()]);
    }
  });

  it('refuses NUL, what is too long, and cursors of another list', async () => {
    expect(await viewer.refusal(PEOPLE, { search: 'a\0b' })).toBe('BAD_USER_INPUT');
    expect(await viewer.refusal(PEOPLE, { search: 'x'.repeat(201) })).toBe('BAD_USER_INPUT');
    expect(await viewer.refusal(PEOPLE, { search: 'x', after: 'bm90aGluZw' })).toBe('BAD_USER_INPUT');
  });
});

describe('one organization and another', () => {
  it('see nothing of each other, by any query of the directory', async () => {
    const elsewhere = await world.organization();
    const department = await world.department(elsewhere);
    const location = await world.location(elsewhere);
    const other = await world.person(elsewhere, {
      name: 'Elsewhere',
      departmentId: department.id,
      locationId: location.id,
    });
    const their = await cast.signIn(other);
    const query = `query ($person: ID!, $department: ID!, $location: ID!, $organization: ID!) {
      person(id: $person) { name }
      nodes(ids: [$person, $department, $location, $organization]) { __typename id }
      organization { id departments { id } locations { id } people { nodes { name } } }
    }`;
    const variables = {
      person: other.id,
      department: department.id,
      location: location.id,
      organization: elsewhere.id,
    };
    expect(await viewer.get(query, variables)).toEqual({
      person: null,
      nodes: [null, null, null, null],
      organization: {
        id: organization.id,
        departments: [],
        locations: [],
        people: { nodes: [{ name: 'Viewer' }] },
      },
    });
    expect(await their.get(query, variables)).toEqual({
      person: { name: 'Elsewhere' },
      nodes: [
        { __typename: 'Person', id: other.id },
        { __typename: 'Department', id: department.id },
        { __typename: 'Location', id: location.id },
        { __typename: 'Organization', id: elsewhere.id },
      ],
      organization: {
        id: elsewhere.id,
        departments: [{ id: department.id }],
        locations: [{ id: location.id }],
        people: { nodes: [{ name: 'Elsewhere' }] },
      },
    });
    expect(await names({ search: 'elsewhere' })).toEqual([]);
    expect(await names({ search: 'elsewhere' }, their)).toEqual(['Elsewhere']);
    expect(await names({ departmentId: department.id })).toEqual([]);
    expect(await names({ departmentId: department.id, search: 'else' })).toEqual([]);
  });
});

describe('an API token', () => {
  it('reads the directory with DIRECTORY_READ', async () => {
    const token = cast.asToken(await world.apiToken(organization, ['DIRECTORY_READ']));
    // Beside the one who made it.
    expect(await names({}, token)).toEqual([expect.stringMatching(/^Maker of tokens /), 'Viewer']);
    expect(await names({ search: 'view' }, token)).toEqual(['Viewer']);
    expect(
      await token.get(
        'query ($id: ID!) { viewer { roles } person(id: $id) { name timeZone } organization { id } }',
        {
          id: viewer.id,
        },
      ),
    ).toEqual({
      viewer: null,
      person: { name: 'Viewer', timeZone: 'UTC' },
      organization: { id: organization.id },
    });
    expect(await token.refusal('{ organization { roleHolders { role } } }')).toBe('NOT_PERMITTED');
    expect(await token.refusal('mutation { createPerson(input: { name: "X" }) { person { id } } }')).toBe(
      'NOT_PERMITTED',
    );
  });

  it.each(['DIRECTORY_WRITE', 'TRENDS_READ', 'SCHEMA_READ'])('reads nothing of it with %s', async (scope) => {
    const token = cast.asToken(await world.apiToken(organization, [scope]));
    expect(await token.refusal(PEOPLE)).toBe('NOT_PERMITTED');
    expect(await token.refusal('query ($id: ID!) { person(id: $id) { name } }', { id: viewer.id })).toBe(
      'NOT_PERMITTED',
    );
    expect(await token.get('query ($id: ID!) { node(id: $id) { id } }', { id: viewer.id })).toEqual({
      node: null,
    });
  });
});

describe('nobody', () => {
  it('reads nothing', async () => {
    const { errors } = await app.graphql(PEOPLE);
    expect(errors[0]?.extensions.code).toBe('UNAUTHENTICATED');
  });
});

describe('somebody who has left', () => {
  it('is still the viewer, and has no directory', async () => {
    await world.leaves(viewer, day(-1));
    expect(await viewer.get('{ viewer { person { name leftOn } roles } }')).toEqual({
      viewer: { person: { name: 'Viewer', leftOn: day(-1) }, roles: [] },
    });
    expect(await viewer.refusal(PEOPLE)).toBe('NOT_PERMITTED');
  });
});
