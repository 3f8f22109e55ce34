import { execFile } from 'node:child_process';
import { releaseTrends } from '../factories/trends.js';
import { World, type TestOrganization } from '../factories/world.js';
import { Actors, type Actor } from './actors.js';
import { startApp, type TestApp } from './app.js';

const RELEASES = '{ trendReleases(first: 20) { nodes { id rowHash erratum } } }';
const AUDIT = `{ organization { auditTrail(first: 20, action: [TREND_ERRATUM_ADDED]) { nodes {
  action subjectLabel actor { id } subject { id }
} } } }`;

interface Releases {
  readonly trendReleases: {
    readonly nodes: readonly {
      readonly id: string;
      readonly rowHash: string;
      readonly erratum: string | null;
    }[];
  };
}

let app: TestApp;
let world: World;
let actors: Actors;
let organization: TestOrganization;
let hr: Actor;
let releaseId: string;

beforeAll(async () => {
  app = await startApp();
  world = new World(app.database);
  actors = new Actors(app, world);
  organization = await world.organization({ name: 'Bäckerei Süd' });
  hr = await actors.join(organization);
  await world.role(hr, 'HR_ANALYST');
  releaseId = await releaseTrends(
    app.database,
    organization,
    '2026-Q1',
    [],
    [{ tree: 'DEPARTMENT', group: 'organization', metric: 'ENPS', value: 20, roundedTo: 5 }],
  );
});
afterAll(() => app.close());

/** Runs the operator's command as it is installed. */
function erratum(...args: readonly string[]): Promise<{ code: number; output: string }> {
  const { adminUrl, appUrl, rolePrefix } = app.testDatabase;
  const env = { ...process.env, DATABASE_ADMIN_URL: adminUrl, DATABASE_URL: appUrl, ROLE_PREFIX: rolePrefix };
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      ['dist/apps/cli/main.js', 'trends', 'erratum', ...args],
      { env },
      (error, stdout, stderr) => {
        resolve({ code: error === null ? 0 : Number(error.code), output: stdout + stderr });
      },
    );
  });
}

const to = (...args: readonly string[]) => erratum(...args, '--organization', organization.name);
const stored = async (): Promise<unknown> =>
  (await app.database.query('select text from trend_erratum order by at')).rows;

it('adds corrections to a released period, which stays as it is, and records them without their text', async () => {
  const [before] = (await hr.get<Releases>(RELEASES)).trendReleases.nodes;
  expect(before).toMatchObject({ id: releaseId, erratum: null });
  expect(await to('2026-Q1', 'Answers of the cafe\u0301 are missing.')).toEqual({
    code: 0,
    output: 'Added a correction to 2026-Q1.\n',
  });
  // By ID, and with another spelling of the name.
  expect((await erratum('2026-Q1', 'They are 12.', '--organization', organization.id)).code).toBe(0);
  expect((await erratum('2026-Q1', 'All.', '--organization', 'BÄCKEREI  SÜD')).code).toBe(0);
  const [after] = (await hr.get<Releases>(RELEASES)).trendReleases.nodes;
  expect(after).toEqual({
    ...before,
    erratum: 'Answers of the café are missing.\n\nThey are 12.\n\nAll.',
  });
  const auditor = await actors.join(organization);
  await world.role(auditor, 'AUDITOR');
  const found = await auditor.get<{ organization: { auditTrail: { nodes: unknown[] } } }>(AUDIT);
  const entry = { action: 'TREND_ERRATUM_ADDED', subjectLabel: `TrendRelease ${releaseId}`, actor: null };
  // The release is not published yet, so the auditor cannot read it.
  expect(found.organization.auditTrail.nodes).toEqual([1, 2, 3].map(() => ({ ...entry, subject: null })));
});

it.each([
  [['2026-Q2', 'Wrong.'], 'has no released period "2026-Q2"'],
  [['2026-01', 'Wrong.'], 'has no released period "2026-01"'],
  [["2026-Q1' or true", 'Wrong.'], 'has no released period'],
  [['2026-Q1', ' \n\u200b'], 'It must not be blank.'],
  [['2026-Q1'], "missing required argument 'text'"],
])('refuses %j in one sentence, and stores nothing', async (args, message) => {
  const before = await stored();
  const { code, output } = await to(...args);
  expect([code, output]).toEqual([1, expect.stringContaining(message)]);
  expect(output).not.toMatch(/^\s+at /m);
  expect(await stored()).toEqual(before);
});

it('refuses a text of more than 20,000 characters', async () => {
  const { code, output } = await to('2026-Q1', 'x'.repeat(20_001));
  expect([code, output]).toEqual([1, expect.stringContaining('It must be at most 20,000 characters.')]);
});

it('refuses a period that only another organization has released', async () => {
  const other = await world.organization({ name: 'Nord' });
  const { code, output } = await erratum('2026-Q1', 'Wrong.', '--organization', 'nord');
  expect([code, output]).toEqual([1, expect.stringContaining('nord has no released period "2026-Q1"')]);
  expect((await erratum('2026-Q1', 'Wrong.', '--organization', 'nowhere')).output).toBe(
    'There is no organization named "nowhere".\n',
  );
  expect(
    (await app.database.query('select 1 from trend_erratum where organization_id = $1', [other.id])).rows,
  ).toEqual([]);
});
