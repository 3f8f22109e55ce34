import fc from 'fast-check';
import { startApp, type TestApp } from '../e2e/app.js';
import { Actors, type Actor } from '../e2e/actors.js';
import { peopleCsv, type PeopleCsvRow } from '../factories/people-csv.js';
import { World, day, type TestOrganization } from '../factories/world.js';
import { rounds, seed } from '../setup/prove.js';

const IMPORT = `mutation ($csv: String!, $dryRun: Boolean!, $allowSimilarIds: Boolean!) {
  importPeople(input: { csv: $csv, dryRun: $dryRun, allowSimilarIds: $allowSimilarIds }) { importReport {
    rows created changed ended restored managersChanged unchanged errorCount errors { line column message } absentCount absent
  } }
}`;

interface Report {
  readonly rows: number;
  readonly created: number;
  readonly changed: number;
  readonly ended: number;
  readonly restored: number;
  readonly managersChanged: number;
  readonly unchanged: number;
  readonly errorCount: number;
  readonly errors: readonly { readonly line: number }[];
  readonly absentCount: number;
}

/** A person as the directory has them on the day. */
interface Entry {
  readonly id: string;
  readonly external_id: string | null;
  readonly details: string;
  readonly ended_on: string | null;
  readonly manager: string | null;
}

/** Ids of which some are similar, most are not, and one is the id of somebody who is known by e-mail alone. */
const IDS = ['1', '2', '3', '4', '5', '6', '7', '8', '9', 'A1'];
const SIMILAR = ['03', 'a1'];

const cell = <T>(usual: readonly T[], rare: readonly T[], weight = 8): fc.Arbitrary<T> =>
  fc.oneof(
    { arbitrary: fc.constantFrom(...usual), weight },
    ...(rare.length > 0 ? [{ arbitrary: fc.constantFrom(...rare), weight: 1 }] : []),
  );

const rowOf = (id: string): fc.Arbitrary<PeopleCsvRow> =>
  fc.record({
    external_id: fc.constant(id),
    email: cell(['', `p${id}@example.com`], ['known@example.com', 'p1@example.com', 'P2@Example.com'], 80),
    name: cell([`Person ${id}`, `Persona ${id}`], []),
    title: cell(['', 'Engineer', 'Head'], []),
    department: cell(['', 'Sales', 'Tools'], ['sales']),
    location: cell(['', 'Café'], ['Cafe\u0301']),
    // Mostly somebody further up, so that most files are without circles.
    manager_external_id: cell(
      ['', ...IDS.slice(0, Math.max(0, IDS.indexOf(id)))],
      ['10', 'A1', '2', ...SIMILAR],
      150,
    ),
    hired_on: cell(['', '2020-01-01'], []),
    left_on: cell(['', '', '', day(-1), day(7)], [day(-30), day(9), day(0)]),
  });

const fileOf = (minLength: number): fc.Arbitrary<PeopleCsvRow[]> =>
  fc
    .uniqueArray(cell(IDS, SIMILAR, 60), { minLength, maxLength: 10 })
    .chain((ids) => fc.tuple(...ids.map(rowOf)));

const scenario = fc.record({
  // The first has most people, so that later ones may name some of them as managers.
  files: fc
    .tuple(fileOf(8), fc.array(fileOf(1), { minLength: 2, maxLength: 3 }))
    .map(([first, later]) => [first, ...later]),
  allowSimilarIds: fc.boolean(),
  shuffle: fc.infiniteStream(fc.nat(1_000_000)),
});

describe('any file of people', () => {
  let app: TestApp;
  let world: World;
  let cast: Actors;
  const counts = { imports: 0, refused: 0, created: 0, ended: 0, restored: 0, managersChanged: 0 };

  beforeAll(async () => {
    app = await startApp();
    world = new World(app.database);
    cast = new Actors(app, world);
  });
  afterAll(() => app.close());

  /** An organization with an administrator and somebody who is known by their address alone. */
  async function begin(): Promise<{ organization: TestOrganization; admin: Actor }> {
    const organization = await world.organization();
    const admin = await cast.join(organization);
    await world.role(admin, 'PEOPLE_ADMIN');
    await world.person(organization, { name: 'Known', email: 'known@example.com' });
    return { organization, admin };
  }

  async function send(
    admin: Actor,
    rows: readonly PeopleCsvRow[],
    dryRun: boolean,
    allowSimilarIds: boolean,
  ): Promise<Report> {
    const data = await admin.get<{ importPeople: { importReport: Report } }>(IMPORT, {
      csv: peopleCsv(rows),
      dryRun,
      allowSimilarIds,
    });
    return data.importPeople.importReport;
  }

  /** Everything that an import may change, past the policies. */
  async function directory({ id }: TestOrganization): Promise<Entry[]> {
    const { rows } = await app.database.query<Entry>(
      `select p.id, p.external_id, concat_ws('|', p.external_id, p.name, p.email, p.title, d.name, l.name, p.hired_on) as details,
              e.ended_on::text, m.external_id as manager
       from person p
       left join department d on d.id = p.department_id
       left join location l on l.id = p.location_id
       left join employment_end e on e.person_id = p.id
       left join reporting_line r on r.report_id = p.id and r.kind = 'PRIMARY' and r.starts_on <= $2
         and (r.ends_on is null or r.ends_on > $2)
       left join person m on m.id = r.manager_id
       where p.organization_id = $1 order by p.external_id, p.name`,
      [id, day(0)],
    );
    return rows;
  }

  const hasLeft = ({ ended_on }: Entry): boolean => ended_on !== null && ended_on < day(0);

  /** What really changed between two states, counted as the report counts it. */
  function differences(before: readonly Entry[], after: readonly Entry[]): Partial<Report> {
    const was = new Map(before.map((entry) => [entry.id, entry]));
    const pairs = after.flatMap((now) => {
      const then = was.get(now.id);
      return then ? [{ then, now }] : [];
    });
    return {
      created: after.length - before.length,
      changed: pairs.filter(({ then, now }) => then.details !== now.details).length,
      ended: pairs.filter(({ then, now }) => now.ended_on !== null && then.ended_on !== now.ended_on).length,
      restored: pairs.filter(({ then, now }) => then.ended_on !== null && now.ended_on === null).length,
      managersChanged: pairs.filter(
        ({ then, now }) => !hasLeft(then) && !hasLeft(now) && then.manager !== now.manager,
      ).length,
    };
  }

  it('does what its dry run says, once, whatever the order of its rows', async () => {
    await fc.assert(
      fc.asyncProperty(scenario, async ({ files, allowSimilarIds, shuffle }) => {
        const { organization, admin } = await begin();
        const other = await begin();
        for (const rows of files) {
          const before = await directory(organization);
          const preview = await send(admin, rows, true, allowSimilarIds);
          expect(await directory(organization)).toEqual(before);
          const report = await send(admin, rows, false, allowSimilarIds);
          expect(report).toEqual(preview);
          const after = await directory(organization);
          counts.imports += 1;
          if (report.errorCount > 0) {
            counts.refused += 1;
            expect(after).toEqual(before);
            expect(report).toMatchObject({ ...differences(before, before), unchanged: 0 });
          } else {
            expect(report).toMatchObject(differences(before, after));
            counts.created += report.created;
            counts.ended += report.ended;
            counts.restored += report.restored;
            counts.managersChanged += report.managersChanged;
            const again = await send(admin, rows, false, allowSimilarIds);
            expect(again).toMatchObject({
              ...differences(after, after),
              unchanged: rows.length,
              errorCount: 0,
            });
            expect(await directory(organization)).toEqual(after);
          }
          const keyed = rows.map((row) => ({ row, key: Number(shuffle.next().value) }));
          const shuffled = keyed.sort((a, b) => a.key - b.key).map(({ row }) => row);
          const elsewhere = await send(other.admin, shuffled, false, allowSimilarIds);
          const { errors: _errors, ...figures } = report;
          expect(elsewhere).toMatchObject(figures);
          const withoutId = ({ id: _id, ...entry }: Entry): unknown => ({
            ...entry,
            details: place(entry.details),
          });
          const seen = (await directory(other.organization)).filter(isImported).map(withoutId);
          expect(seen).toEqual(after.filter(isImported).map(withoutId));
        }
      }),
      { numRuns: rounds(15, 300), seed: seed('import of people') },
    );
    process.stdout.write(`any file of people: ${JSON.stringify(counts)}\n`);
    for (const count of Object.values(counts)) expect(count).toBeGreaterThan(0);
  });
});

/** Of two spellings of a department the one in the first row is kept. */
function place(details: string): string {
  return details.replace('sales', 'Sales');
}

function isImported({ external_id }: Entry): boolean {
  return external_id !== null;
}
