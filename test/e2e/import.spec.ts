import pg from 'pg';
import { PEOPLE_COLUMNS, peopleCsv, peopleCsvRows, type PeopleCsvRow } from '../factories/people-csv.js';
import { World, day, type TestOrganization } from '../factories/world.js';
import { startApp, type TestApp } from './app.js';
import { Actors, type Actor } from './actors.js';

interface Report {
  id: string;
  dryRun: boolean;
  rows: number;
  created: number | null;
  changed: number | null;
  ended: number | null;
  restored: number | null;
  managersChanged: number | null;
  unchanged: number | null;
  errorCount: number;
  errors: { line: number; column: string | null; message: string }[];
  absentCount: number | null;
  absent: string[] | null;
  by: { id: string } | null;
}

const REPORT = `id dryRun rows created changed ended restored managersChanged unchanged errorCount errors { line column message }
  absentCount absent by { id }`;

const IMPORT = `mutation ($csv: String!, $dryRun: Boolean!, $allowSimilarIds: Boolean) {
  importPeople(input: { csv: $csv, dryRun: $dryRun, allowSimilarIds: $allowSimilarIds }) { importReport { ${REPORT} } }
}`;

let app: TestApp;
let world: World;
let cast: Actors;
let organization: TestOrganization;
let admin: Actor;

beforeAll(async () => {
  app = await startApp();
  world = new World(app.database);
  cast = new Actors(app, world);
});
afterAll(() => app.close());

beforeEach(async () => {
  organization = await world.organization();
  admin = await cast.join(organization, { name: 'Pat Admin' });
  await world.role(admin, 'PEOPLE_ADMIN');
});

async function importAs(
  actor: Pick<Actor, 'get'>,
  csv: string,
  dryRun = false,
  allowSimilarIds = false,
): Promise<Report> {
  const variables = { csv, dryRun, allowSimilarIds };
  const data = await actor.get<{ importPeople: { importReport: Report } }>(IMPORT, variables);
  return data.importPeople.importReport;
}

const importRows = (
  rows: readonly PeopleCsvRow[],
  dryRun = false,
  allowSimilarIds = false,
): Promise<Report> => importAs(admin, peopleCsv(rows), dryRun, allowSimilarIds);

/** Changes one row of a file of the standard shape, by its external id. */
function changed(rows: readonly PeopleCsvRow[], id: string, values: Partial<PeopleCsvRow>): PeopleCsvRow[] {
  return rows.map((row) => (row.external_id === id ? { ...row, ...values } : row));
}

interface Entry {
  id: string;
  name: string;
  email: string | null;
  title: string | null;
  hiredOn: string | null;
  leftOn: string | null;
  department: { name: string } | null;
  location: { name: string } | null;
  manager: { name: string } | null;
  reportingLines: { startsOn: string; lastDay: string | null; kind: string; manager: { name: string } }[];
}

async function entry(externalId: string, as: Actor = admin): Promise<Entry> {
  const found = await app.database.query<{ id: string }>(
    'select id from person where organization_id = $1 and external_id = $2',
    [organization.id, externalId],
  );
  const data = await as.get<{ person: Entry }>(
    `query ($id: ID!) { person(id: $id) {
      id name email title hiredOn leftOn department { name } location { name } manager { name }
      reportingLines { startsOn lastDay kind manager { name } }
    } }`,
    { id: found.rows[0]?.id },
  );
  return data.person;
}

async function countOf(table: string): Promise<number> {
  const { rows } = await app.database.query<{ count: string }>(
    `select count(*) from "${table}" where organization_id = $1`,
    [organization.id],
  );
  return Number(rows[0]?.count);
}

const nothingChanged = { created: 0, changed: 0, ended: 0, restored: 0, managersChanged: 0 };

describe('a file of 290 people', () => {
  const rows = peopleCsvRows(290);

  it('reports an import in a dry run, applies it, and changes nothing the second time', async () => {
    const report = await importRows(rows, true);
    expect(report).toMatchObject({
      dryRun: true,
      rows: 290,
      created: 290,
      unchanged: 0,
      errorCount: 0,
      errors: [],
    });
    expect(await countOf('person')).toBe(1);
    expect(await countOf('import_row')).toBe(0);

    expect(await importRows(rows)).toMatchObject({ dryRun: false, created: 290, by: { id: admin.id } });
    expect(await countOf('person')).toBe(291);
    expect(await countOf('reporting_line')).toBe(289);

    expect(await importRows(rows)).toMatchObject({ ...nothingChanged, unchanged: 290 });
    expect(await countOf('reporting_line')).toBe(289);
    expect(await countOf('import_row')).toBe(0);
  });

  it('imports every person with their values, and reporting lines that begin today', async () => {
    await importRows(rows);
    expect(await entry('11')).toMatchObject({
      name: rows[10]?.name,
      email: 'person11@example.com',
      title: rows[10]?.title,
      department: { name: rows[10]?.department },
      location: { name: rows[10]?.location },
      hiredOn: rows[10]?.hired_on,
      leftOn: null,
      manager: { name: rows[1]?.name },
      reportingLines: [
        { startsOn: day(0), lastDay: null, kind: 'PRIMARY', manager: { name: rows[1]?.name } },
      ],
    });
    expect(await entry('1')).toMatchObject({ manager: null, reportingLines: [] });
  });

  it('imports a file the same in any order of its rows', async () => {
    expect(await importRows(rows.toReversed())).toMatchObject({ created: 290, errorCount: 0 });
    expect(await importRows(rows)).toMatchObject({ ...nothingChanged, unchanged: 290 });
  });

  it('lists import reports for PEOPLE_ADMIN, and the importer in the audit trail', async () => {
    await importRows(rows, true);
    const done = await importRows(rows);
    const data = await admin.get<{ organization: { importReports: { nodes: Report[] } } }>(
      '{ organization { importReports(first: 5) { nodes { id dryRun rows by { name } } } } }',
    );
    expect(data.organization.importReports.nodes).toMatchObject([
      { id: done.id, dryRun: false, rows: 290, by: { name: 'Pat Admin' } },
      { dryRun: true },
    ]);
    const { rows: trail } = await app.database.query(
      'select actor_id, action, subject from audit_entry where organization_id = $1',
      [organization.id],
    );
    expect(trail).toEqual([
      { actor_id: admin.id, action: 'PEOPLE_IMPORTED', subject: expect.stringContaining(done.id) as unknown },
    ]);
  });
});

describe('what a later file changes', () => {
  const rows = peopleCsvRows(30);
  beforeEach(() => importRows(rows));

  it('reports the same changes in the dry run as in the import', async () => {
    const file = changed(
      changed(changed(rows, '20', { left_on: day(-1) }), '21', { manager_external_id: '4' }),
      '22',
      { title: 'Head of Tools', email: 'new22@example.com' },
    ).filter(({ external_id }) => external_id !== '30');
    const expected = {
      rows: 29,
      created: 0,
      changed: 1,
      ended: 1,
      restored: 0,
      managersChanged: 1,
      unchanged: 26,
      absentCount: 1,
      absent: ['30'],
    };
    expect(await importRows(file, true)).toMatchObject(expected);
    expect(await entry('22')).toMatchObject({ title: rows[21]?.title });
    expect(await importRows(file)).toMatchObject(expected);
    expect(await entry('22')).toMatchObject({ title: 'Head of Tools', email: 'new22@example.com' });
    expect(await entry('20')).toMatchObject({ leftOn: day(-1), manager: null });
    expect(await entry('21')).toMatchObject({ manager: { name: rows[3]?.name } });
    expect(await entry('30')).toMatchObject({ name: rows[29]?.name, manager: { name: rows[3]?.name } });
    expect(await importRows(file)).toMatchObject({ ...nothingChanged, unchanged: 29 });
  });

  it('keeps the history of reporting lines when managers change', async () => {
    await app.database.query(`update reporting_line set starts_on = $2 where organization_id = $1`, [
      organization.id,
      day(-100),
    ]);
    await importRows(changed(rows, '21', { manager_external_id: '4' }));
    expect((await entry('21')).reportingLines).toEqual([
      { startsOn: day(0), lastDay: null, kind: 'PRIMARY', manager: { name: rows[3]?.name } },
      { startsOn: day(-100), lastDay: day(-1), kind: 'PRIMARY', manager: { name: rows[2]?.name } },
    ]);
  });

  it('leaves no trace of a manager change that is reverted on the same day', async () => {
    await importRows(changed(rows, '21', { manager_external_id: '4' }));
    expect(await importRows(rows)).toMatchObject({ managersChanged: 1 });
    expect((await entry('21')).reportingLines).toEqual([
      { startsOn: day(0), lastDay: null, kind: 'PRIMARY', manager: { name: rows[2]?.name } },
    ]);
  });

  it('clears values whose cells are empty in a later file', async () => {
    const file = changed(rows, '21', {
      email: '',
      title: '',
      department: '',
      location: '',
      manager_external_id: '',
      hired_on: '',
    });
    expect(await importRows(file)).toMatchObject({ changed: 1, managersChanged: 1 });
    expect(await entry('21')).toMatchObject({
      email: null,
      title: null,
      department: null,
      location: null,
      manager: null,
      hiredOn: null,
    });
  });

  it('lets a file swap the addresses of two people', async () => {
    const file = changed(changed(rows, '21', { email: 'person22@example.com' }), '22', {
      email: 'Person21@example.com',
    });
    expect(await importRows(file)).toMatchObject({ changed: 2, errorCount: 0 });
    expect(await entry('22')).toMatchObject({ email: 'Person21@example.com' });
  });

  it('ends the reporting lines of a leaver in both directions, and restores them when the last day is removed', async () => {
    const left = changed(rows, '2', { left_on: day(-1) });
    // Their nine reports still name them as their manager and have none from now on; that is no error.
    expect(await importRows(left, true)).toMatchObject({ ended: 1, managersChanged: 9, unchanged: 20 });
    expect(await importRows(left)).toMatchObject({ ended: 1, managersChanged: 9, errorCount: 0 });
    expect(await entry('2')).toMatchObject({ manager: null, leftOn: day(-1) });
    expect(await entry('11')).toMatchObject({ manager: null });
    expect(await importRows(left)).toMatchObject({ ...nothingChanged, unchanged: 30 });

    expect(await importRows(rows, true)).toMatchObject({ restored: 1, managersChanged: 9 });
    expect(await importRows(rows)).toMatchObject({ restored: 1, managersChanged: 9 });
    expect(await entry('2')).toMatchObject({ manager: { name: rows[0]?.name }, leftOn: null });
    expect(await entry('11')).toMatchObject({ manager: { name: rows[1]?.name } });
    expect(await importRows(rows)).toMatchObject({ ...nothingChanged, unchanged: 30 });
  });

  it('counts the reports of a leaver in managersChanged even if the file does not contain them', async () => {
    const leaver = { ...rows[1], left_on: day(-1) } as PeopleCsvRow;
    for (const dryRun of [true, false]) {
      expect(await importRows([leaver], dryRun)).toMatchObject({ ended: 1, managersChanged: 9 });
    }
    expect(await entry('11')).toMatchObject({ manager: null });
    for (const dryRun of [true, false]) {
      expect(await importRows([rows[1]!], dryRun)).toMatchObject({ restored: 1, managersChanged: 9 });
    }
    expect(await entry('11')).toMatchObject({ manager: { name: rows[1]?.name } });
  });

  it('keeps a planned last day if the cell is empty, and changes it otherwise', async () => {
    await importRows(changed(rows, '2', { left_on: day(10) }));
    for (const dryRun of [true, false]) {
      expect(await importRows(rows, dryRun)).toMatchObject({ ...nothingChanged, unchanged: 30 });
    }
    expect(await entry('2')).toMatchObject({ leftOn: day(10) });
    expect(await importRows(changed(rows, '2', { left_on: day(12) }))).toMatchObject({ ended: 1 });
    expect(await entry('2')).toMatchObject({ leftOn: day(12) });
  });

  it('refuses a first day after the planned last day, even if the last day is not in the file', async () => {
    await importRows(changed(rows, '2', { left_on: day(10) }));
    for (const dryRun of [true, false]) {
      expect(await importRows(changed(rows, '2', { hired_on: day(11) }), dryRun)).toMatchObject({
        ...nothingChanged,
        errors: [
          { line: 3, column: 'hired_on', message: `hired_on must not be after the last day, ${day(10)}.` },
        ],
      });
    }
    expect(await importRows(changed(rows, '2', { hired_on: day(10) }))).toMatchObject({
      changed: 1,
      errorCount: 0,
    });
  });

  it('refuses a file that leaves the organization without an administrator', async () => {
    const chief = await world.person(organization, { name: 'Chief', externalId: 'chief' });
    await world.role(chief, 'ORGANIZATION_ADMIN');
    await cast.signIn(chief);
    const row = { ...rows[0], external_id: 'chief', email: '', left_on: day(10) } as PeopleCsvRow;
    for (const dryRun of [true, false]) {
      expect(await importRows([rows[0]!, row], dryRun)).toMatchObject({
        ended: 0,
        errors: [
          { line: 3, column: 'left_on', message: expect.stringContaining('ORGANIZATION_ADMIN') as unknown },
        ],
      });
    }
    const second = await world.person(organization, { externalId: 'second' });
    await world.role(second, 'ORGANIZATION_ADMIN');
    await cast.signIn(second);
    expect(await importRows([row])).toMatchObject({ ended: 1, errorCount: 0 });
    expect(await importRows([row])).toMatchObject({ ...nothingChanged, unchanged: 1 });
  });

  it('gives nobody a manager who has left, and reports no change for it in a second import', async () => {
    const file = changed(changed(rows, '2', { left_on: day(-1) }), '30', { manager_external_id: '2' });
    const added = [
      ...file,
      { ...rows[9], external_id: '31', email: '', manager_external_id: '2' } as PeopleCsvRow,
    ];
    // Nine reports of the leaver, and the one who is moved to them.
    expect(await importRows(added)).toMatchObject({ created: 1, ended: 1, managersChanged: 10 });
    expect(await entry('30')).toMatchObject({ manager: null });
    expect(await importRows(added)).toMatchObject({ ...nothingChanged, unchanged: 31 });
    // Somebody who is not in the file can have left, too.
    expect(await importRows(added.filter(({ external_id }) => external_id !== '2'))).toMatchObject({
      ...nothingChanged,
      unchanged: 30,
      absentCount: 0,
    });
  });

  it('shows an imported future last day only to the person and PEOPLE_ADMIN', async () => {
    const file = changed(rows, '2', { left_on: day(10) });
    expect(await importRows(file)).toMatchObject({ ended: 1 });
    expect(await importRows(file)).toMatchObject({ ...nothingChanged, unchanged: 30 });
    const [leaver, report] = [await entry('2'), await entry('11')];
    const signIn = async ({ id, name }: Entry): Promise<Actor> =>
      cast.signIn({ id, name, organizationId: organization.id, email: `${id}@example.com` });
    const [asLeaver, asReport] = [await signIn(leaver), await signIn(report)];
    const until = async (externalId: string, as: Actor): Promise<unknown[]> => {
      const found = await entry(externalId, as);
      return [found.leftOn, found.reportingLines[0]?.lastDay];
    };
    expect(await until('2', admin)).toEqual([day(10), day(10)]);
    expect(await until('2', asLeaver)).toEqual([day(10), day(10)]);
    expect(await until('2', asReport)).toEqual([null, null]);
    expect(await until('11', admin)).toEqual([null, day(10)]);
    expect(await until('11', asLeaver)).toEqual([null, day(10)]);
    expect(await until('11', asReport)).toEqual([null, null]);
  });

  it('keeps a planned reporting line, and ends the imported one before it', async () => {
    const [report, later] = [await entry('21'), await entry('5')];
    await admin.get(
      'mutation ($input: ChangeReportingLineInput!) { changeReportingLine(input: $input) { person { id } } }',
      { input: { id: report.id, managerId: later.id, startsOn: day(5) } },
    );
    expect(await importRows(rows)).toMatchObject({ ...nothingChanged, unchanged: 30 });
    expect(await importRows(changed(rows, '21', { manager_external_id: '4' }), true)).toMatchObject({
      managersChanged: 1,
      errorCount: 0,
    });
    expect(await importRows(changed(rows, '21', { manager_external_id: '4' }))).toMatchObject({
      managersChanged: 1,
    });
    expect((await entry('21')).reportingLines).toMatchObject([
      { startsOn: day(5), lastDay: null, manager: { name: rows[4]?.name } },
      { startsOn: day(0), lastDay: day(4), manager: { name: rows[3]?.name } },
    ]);
  });

  it('refuses a cycle with a reporting line that begins later, also in a dry run', async () => {
    // From then on 1 reports to 21; in the file 21 is below 1 as ever, so it can only be refused at the line itself.
    const [top, below] = [await entry('1'), await entry('21')];
    await importRows(changed(rows, '21', { manager_external_id: '' }));
    await app.database.query(
      `insert into reporting_line (organization_id, report_id, manager_id, starts_on) values ($1, $2, $3, $4)`,
      [organization.id, top.id, below.id, day(5)],
    );
    for (const dryRun of [true, false]) {
      expect(await importRows(rows, dryRun)).toMatchObject({
        ...nothingChanged,
        errors: [
          {
            line: 1,
            column: 'manager_external_id',
            message: expect.stringContaining('begin later') as unknown,
          },
        ],
      });
    }
    expect(await entry('21')).toMatchObject({ manager: null });
  });

  it('matches a person without an external ID by their address', async () => {
    const known = await world.person(organization, { name: 'Known Before', email: 'known@example.com' });
    const file = [
      ...rows,
      { ...rows[5], external_id: 'new', email: 'Known@example.com', name: 'Known Now' } as PeopleCsvRow,
    ];
    expect(await importRows(file)).toMatchObject({
      created: 0,
      changed: 1,
      managersChanged: 1,
      unchanged: 30,
    });
    expect(await entry('new')).toMatchObject({ id: known.id, name: 'Known Now', email: 'Known@example.com' });
  });
});

describe('a bad file', () => {
  const rows = peopleCsvRows(6);
  const errorsOf = async (csv: string): Promise<unknown[]> => {
    const report = await importAs(admin, csv);
    expect(report).toMatchObject({ ...nothingChanged, unchanged: 0 });
    expect(await countOf('person')).toBe(1);
    return report.errors.map(({ line, column, message }) => {
      if (column === null) return `${String(line)} null ${message}`;
      expect(message.startsWith(`${column} `)).toBe(true);
      return `${String(line)} ${message}`;
    });
  };

  it.each<[string, Partial<PeopleCsvRow>, string]>([
    ['no external id', { external_id: ' ' }, '4 external_id must not be empty.'],
    ['no name', { name: '' }, '4 name must not be empty.'],
    ['a name that is too long', { name: 'x'.repeat(201) }, '4 name must be at most 200 characters.'],
    ['NUL', { title: 'a\0b' }, '4 title must not contain the character NUL.'],
    ['nothing visible', { title: '\u200b\u202e\u0007' }, '4 title must not be blank.'],
    [
      'bytes that are not UTF-8',
      { name: 'M\uFFFDller' },
      '4 name must be in UTF-8: save the file as "CSV UTF-8".',
    ],
    ['a bad address', { email: 'person.example.com' }, '4 email must look like name@example.com.'],
    [
      'a date that does not exist',
      { hired_on: '2023-02-29' },
      '4 hired_on must be a date, for example 2026-05-04.',
    ],
    [
      'a date in a different format',
      { left_on: '04/05/2026' },
      '4 left_on must be a date, for example 2026-05-04.',
    ],
    [
      'a last day before the first day',
      { hired_on: '2020-01-02', left_on: '2020-01-01' },
      '4 left_on must not be before hired_on, 2020-01-02.',
    ],
    ['the same external id', { external_id: '2' }, '4 external_id "2" is also in line 3.'],
    [
      'the same address',
      { email: 'PERSON2@example.com' },
      '4 email "PERSON2@example.com" is also in line 3.',
    ],
    [
      'an unknown manager',
      { manager_external_id: 'nobody' },
      '4 manager_external_id "nobody" is not an external ID of a person in the file or the directory.',
    ],
    [
      'the person as their own manager',
      { manager_external_id: '3' },
      '4 manager_external_id must not be the external_id of the same row.',
    ],
  ])('refuses a file with %s', async (_, values, error) => {
    expect(await errorsOf(peopleCsv(changed(rows, '3', values)))).toEqual([error]);
  });

  it('reports a cycle of managers on each of its lines', async () => {
    const file = changed(changed(rows, '2', { manager_external_id: '3' }), '3', { manager_external_id: '2' });
    const cycle =
      'manager_external_id must not be a person who reports to this one, directly or through others.';
    expect(await errorsOf(peopleCsv(changed(file, '5', { manager_external_id: '3' })))).toEqual([
      `3 ${cycle}`,
      `4 ${cycle}`,
    ]);
  });

  it('refuses a cycle of managers through a person who is not in the file', async () => {
    await importRows(rows);
    const file = changed(rows.slice(1), '2', { manager_external_id: '3' }).filter(
      ({ external_id }) => external_id === '2',
    );
    await importRows([changed(rows, '3', { manager_external_id: '2' })[2]!]);
    expect((await importRows(file)).errors).toMatchObject([{ line: 2, column: 'manager_external_id' }]);
  });

  it('refuses the address of a person who is not in the file', async () => {
    await importRows(rows);
    const report = await importRows([{ ...rows[0], external_id: '99' } as PeopleCsvRow]);
    expect(report.errors).toEqual([
      {
        line: 2,
        column: 'email',
        message: `email "person1@example.com" is the address of ${String(rows[0]?.name)}, who is not in the file.`,
      },
    ]);
  });

  it('reports each error on the line where its row begins, also after cells with line breaks', async () => {
    const file = changed(changed(rows, '2', { title: 'Head of\r\nTools\nand\nDesign' }), '4', { name: '' });
    expect(await errorsOf(peopleCsv(changed(file, '6', { email: 'x' })))).toEqual([
      '8 name must not be empty.',
      '10 email must look like name@example.com.',
    ]);
  });

  it('lists the first thousand errors of a file, and counts all', async () => {
    const file = peopleCsvRows(1_200).map((row) => ({ ...row, email: 'x' }));
    const report = await importRows(file);
    expect([report.errorCount, report.errors.length, report.errors[999]?.line]).toEqual([
      1_200, 1_000, 1_001,
    ]);
  });

  const header = peopleCsv([]);
  it.each<[string, string, string[]]>([
    ['nothing', '', ['1 null The file is empty.']],
    ['an empty first line', '\n', ['1 null The first line is empty: it must name the columns.']],
    [
      'columns of another system',
      header
        .replace('external_id', 'Employee ID')
        .replace('email', 'Work Email')
        .replace('manager_external_id', 'Vorgesetzten-ID')
        .replace('hired_on', 'Hire Date')
        .replace('left_on', 'Austrittsdatum'),
      [
        '1 Austrittsdatum is probably the column left_on: rename it.',
        '1 Employee ID is probably the column external_id: rename it.',
        '1 Hire Date is probably the column hired_on: rename it.',
        '1 Vorgesetzten-ID is probably the column manager_external_id: rename it.',
        '1 Work Email is probably the column email: rename it.',
      ],
    ],
    [
      'no known column',
      'a;b;c\n1;2;3\n',
      [
        '1 null The first line must name the columns of a people file: external_id, email, name, title, department, location, manager_external_id, hired_on, left_on.',
      ],
    ],
    ['a column without a name', header.replace('name', 'name,'), ['1 null Column 4 has no name.']],
    [
      'a column missing below a line for Excel',
      `sep=,\n${header.replace(',left_on', '')}`,
      ['2 left_on is missing: add the column.'],
    ],
    ['a column missing', header.replace(',left_on', ''), ['1 left_on is missing: add the column.']],
    [
      'a column twice',
      header.replace('left_on', 'left_on,email'),
      ['1 email must not be in the header twice.'],
    ],
    [
      'a column unknown',
      header.replace('left_on', 'left_on,salary'),
      [
        '1 salary is not a column of a people file: external_id, email, name, title, department, location, manager_external_id, hired_on, left_on.',
      ],
    ],
    ['a row too short', `${header}1,a@example.com,Ana\n`, ['2 null The row has 3 cells, and the header 9.']],
    ['a row too long', `${header}1,,Ana,,,,,,,x\n`, ['2 null The row has 10 cells, and the header 9.']],
    [
      'a quotation mark never closed',
      `${header}1,,Ana,,,,,,\n2,,"Ben,,,,,,\n3,,Cem,,,,,,\n`,
      ['3 null A quotation mark (") is never closed: close it, because nothing after it could be read.'],
    ],
    [
      'a quotation mark inside a cell',
      `${header}1,,Ana "Nan" Ek,,,,,,\n`,
      [
        '2 null A cell contains a quotation mark ("): write it twice and enclose the cell in quotation marks, because nothing after it could be read.',
      ],
    ],
  ])('refuses a file with %s', async (_, csv, errors) => {
    expect(await errorsOf(csv)).toEqual(errors);
  });
});

describe('how a file may be written', () => {
  it('reads a file with a byte order mark, CRLF, quotation marks, empty lines and columns in any order', async () => {
    const csv = [
      '\uFEFF"name","External_ID",email,title,department,location,manager_external_id,hired_on,left_on',
      '"Ek, ""Nan"" Ana", 7 ,ana@example.com,,,"Köln, DE",,2020-02-29,',
      '',
      ',,,,,,,,',
      'Ben,8,,"Head of\nTools",,,7,,',
    ].join('\r\n');
    expect(await importAs(admin, csv)).toMatchObject({ rows: 2, created: 2, errorCount: 0 });
    expect(await entry('7')).toMatchObject({
      name: 'Ek, "Nan" Ana',
      location: { name: 'Köln, DE' },
      hiredOn: '2020-02-29',
    });
    expect(await entry('8')).toMatchObject({ title: 'Head of Tools', manager: { name: 'Ek, "Nan" Ana' } });
  });

  const separated = (separator: string, rows = peopleCsvRows(3)): string =>
    [PEOPLE_COLUMNS, ...rows.map((row) => PEOPLE_COLUMNS.map((column) => `"${row[column]}"`))]
      .map((cells) => `${cells.join(separator)}\n`)
      .join('');

  it.each([
    ['semicolons, as German Excel writes them', separated(';')],
    ['tabs', separated('\t')],
    ['bars', separated('|')],
    ['a line for Excel that names the comma', `sep=,\n${separated(',')}`],
    [
      'a line for Excel that names the semicolon',
      `\uFEFFsep=;\r\n${separated(';').replaceAll('\n', '\r\n')}`,
    ],
    ['a line for Excel that names another character', `sep=^\n${separated('^')}`],
    ['empty columns at the end', separated(',').replaceAll('\n', ',,,\n')],
    ['empty columns at the end of the header alone', separated(',').replace('\n', ',,\n')],
  ])('reads a file with %s', async (_, csv) => {
    expect(await importAs(admin, csv)).toMatchObject({ rows: 3, created: 3, errors: [] });
    expect(await entry('2')).toMatchObject({
      location: { name: 'Köln, DE' },
      manager: { name: 'Ana Sánchez 1' },
    });
  });

  it('cleans imported texts like all other input', async () => {
    const [row] = peopleCsvRows(1) as [PeopleCsvRow];
    await importRows([
      {
        ...row,
        external_id: 'a1\u200b',
        name: ' Jose\u0301\u202e  Ek\n',
        department: 'Sales',
        location: 'Cafe\u0301',
        email: '\uff4a@example.com\u200b',
      },
      { ...row, external_id: 'a2', department: 'sales\u00ad', location: 'Café', email: '' },
    ]);
    expect(await entry('a1')).toMatchObject({ name: 'José Ek', email: 'j@example.com' });
    expect((await entry('a1')).department).toEqual((await entry('a2')).department);
    expect((await entry('a1')).location).toEqual({ name: 'Café' });
    expect([await countOf('department'), await countOf('location')]).toEqual([1, 1]);
  });

  it('keeps text that looks like a spreadsheet formula unchanged', async () => {
    const [row] = peopleCsvRows(1) as [PeopleCsvRow];
    await importRows([
      { ...row, name: '=HYPERLINK("http://x")', title: '+1', department: '-2', location: '@SUM(A1)' },
    ]);
    expect(await entry('1')).toMatchObject({
      name: '=HYPERLINK("http://x")',
      title: '+1',
      department: { name: '-2' },
      location: { name: '@SUM(A1)' },
    });
  });
});

describe('ids that are similar', () => {
  const rows = peopleCsvRows(3);
  const added = (id: string): PeopleCsvRow => ({ ...rows[2]!, external_id: id, email: '' });

  it.each([['0003'], [' 03\u200b'], ['0 3']])(
    'refuses an external ID similar to another in the file unless allowed: %j',
    async (id) => {
      const report = await importRows([...rows, added(id)]);
      expect(report).toMatchObject({
        errorCount: 1,
        errors: [
          {
            line: 5,
            column: 'external_id',
            message: expect.stringMatching(/ is similar to "3" in line 4: /) as unknown,
          },
        ],
      });
      expect(await importRows([...rows, added(id)], false, true)).toMatchObject({
        created: 4,
        errorCount: 0,
      });
    },
  );

  it('refuses an external ID similar to one in the directory unless allowed, also in a dry run', async () => {
    await importRows(rows);
    for (const dryRun of [true, false]) {
      expect((await importRows([added('0 003')], dryRun)).errors).toEqual([
        {
          line: 2,
          column: 'external_id',
          message: `external_id "0 003" is similar to "3" of ${rows[2]!.name} in the directory: probably one person twice. Correct it, or allow similar IDs.`,
        },
      ]);
    }
    expect(await importRows([added('0 003')], false, true)).toMatchObject({ created: 1, errorCount: 0 });
    // Allowed once, both are there: a file that has both is confirmed each time, one of each is nothing new.
    expect(await importRows([added('0 003')])).toMatchObject({ ...nothingChanged, unchanged: 1 });
    expect(await importRows([...rows, added('0 003')], true, true)).toMatchObject({ unchanged: 4 });
  });

  it('treats external IDs that differ only in case, width or invisible characters as one person', async () => {
    await importRows([{ ...rows[0]!, external_id: 'A17' }]);
    const other = { ...rows[0]!, external_id: 'a17' };
    expect((await importRows([other])).errors).toMatchObject([
      {
        line: 2,
        column: 'external_id',
        message: expect.stringContaining('"a17" is similar to "A17" of ') as unknown,
      },
    ]);
    expect(await importRows([other], false, true)).toMatchObject({ created: 0, changed: 1 });
    expect(await importRows([other])).toMatchObject({ ...nothingChanged, unchanged: 1 });
    const twice = await importRows([other, { ...other, external_id: 'Ａ17', email: '' }]);
    expect(twice.errors).toContainEqual({
      line: 3,
      column: 'external_id',
      message: 'external_id "Ａ17" is also in line 2, as "a17".',
    });
  });

  it('suggests a similar external ID for an unknown manager', async () => {
    await importRows(rows);
    const file = [
      { ...rows[2]!, manager_external_id: '0002' },
      { ...added('x'), manager_external_id: '03' },
    ];
    expect((await importRows(file)).errors).toMatchObject([
      { line: 2, message: expect.stringContaining(`; "2" of ${rows[1]!.name} is similar.`) as unknown },
      { line: 3, message: expect.stringContaining('; "3" in line 2 is similar.') as unknown },
    ]);
  });
});

describe('an API token that may only write the directory', () => {
  const rows = peopleCsvRows(12);
  let writer: Pick<Actor, 'get' | 'refusal'>;
  beforeEach(async () => {
    writer = cast.asToken(await world.apiToken(organization, ['DIRECTORY_WRITE']));
  });

  /** The answer without what differs from one import to the next in any case. */
  const answer = async (csv: string, dryRun: boolean): Promise<Omit<Report, 'id'>> => {
    const { id: _id, ...rest } = await importAs(writer, csv, dryRun);
    return rest;
  };
  const unknown = {
    created: null,
    changed: null,
    ended: null,
    restored: null,
    managersChanged: null,
    unchanged: null,
    absentCount: null,
    absent: null,
    by: null,
  };

  /** What a directory may hold that the token must not learn, and the file that asks. */
  const secrets: [string, () => Promise<unknown>, PeopleCsvRow[]][] = [
    [
      'a last day that is to come',
      () => importRows(changed(rows, '5', { left_on: day(20) })),
      changed(rows, '5', { left_on: day(20) }),
    ],
    [
      'a last day that is over',
      () => importRows(changed(rows, '5', { left_on: day(-20) })),
      [{ ...rows[4]!, left_on: '' }],
    ],
    ['that somebody is there', () => importRows(rows), [rows[4]!]],
    ['who has an address', () => importRows(rows), [{ ...rows[4]!, external_id: 'x' }]],
    ['who is a manager', () => importRows(rows), [{ ...rows[4]!, external_id: 'x', email: '' }]],
    ['similar ids', () => importRows(rows), [{ ...rows[4]!, external_id: '005', email: '' }]],
    ['who is missing', () => importRows(rows), rows.slice(1)],
    [
      'a cycle',
      () => importRows(changed(rows, '1', { manager_external_id: '' })),
      [{ ...rows[0]!, manager_external_id: '11' }],
    ],
    [
      'a line that begins later',
      async () => {
        await importRows(changed(rows, '11', { manager_external_id: '' }));
        const [one, eleven] = [await entry('1'), await entry('11')];
        await app.database.query(
          'insert into reporting_line (organization_id, report_id, manager_id, starts_on) values ($1, $2, $3, $4)',
          [organization.id, one.id, eleven.id, day(5)],
        );
      },
      rows,
    ],
    [
      'departments',
      () => importRows(rows),
      [{ ...rows[4]!, external_id: 'x', email: '', manager_external_id: '' }],
    ],
  ];

  it.each(secrets)(
    'reveals nothing of %s to a token that can only write, in a dry run or an import',
    async (_, prepare, file) => {
      const csv = peopleCsv(file);
      const before = await answer(csv, true);
      expect(before).toEqual({ ...unknown, dryRun: true, rows: file.length, errorCount: 0, errors: [] });
      await prepare();
      expect(await answer(csv, true)).toEqual(before);
      expect(await answer(csv, false)).toEqual({ ...before, dryRun: false });
      const listed = await writer.get<{ organization: { importReports: { nodes: Report[] } } }>(
        `{ organization { importReports { nodes { ${REPORT} } } } }`,
      );
      const { nodes } = listed.organization.importReports;
      expect(nodes).toHaveLength(3);
      for (const node of nodes) expect(node).toMatchObject({ ...unknown, errorCount: 0, errors: [] });
    },
  );

  it('reports to a token that can only write what its file shows by itself', async () => {
    await importRows(rows);
    const file = changed(changed(rows, '2', { manager_external_id: '11' }), '12', { email: 'x' });
    const cycle = await answer(peopleCsv(changed(rows, '2', { manager_external_id: '11' })), true);
    expect(cycle.errors.map(({ line }) => line)).toEqual([3, 12]);
    expect((await answer(peopleCsv(file), true)).errors).toEqual([
      { line: 13, column: 'email', message: 'email must look like name@example.com.' },
    ]);
    const twice = [
      ...rows,
      rows[3]!,
      { ...rows[5]!, external_id: '06', email: '', manager_external_id: '06' },
    ];
    expect((await answer(peopleCsv(twice), false)).errors.map(({ line, column }) => [line, column])).toEqual([
      [14, 'email'],
      [14, 'external_id'],
      [15, 'external_id'],
      [15, 'manager_external_id'],
    ]);
  });

  it('shows PEOPLE_ADMIN the changes and errors of an import by a token that can only write', async () => {
    expect(await importAs(writer, peopleCsv(rows))).toMatchObject({ created: null, errorCount: 0 });
    expect(await entry('11')).toMatchObject({ manager: { name: rows[1]?.name } });
    await importAs(writer, peopleCsv([{ ...rows[0]!, external_id: 'x', manager_external_id: 'y' }]));
    const seen = await admin.get<{ organization: { importReports: { nodes: Report[] } } }>(
      `{ organization { importReports { nodes { ${REPORT} } } } }`,
    );
    expect(seen.organization.importReports.nodes).toMatchObject([
      {
        created: 0,
        errorCount: 2,
        errors: [{ column: 'email' }, { column: 'manager_external_id' }],
        absentCount: 12,
      },
      { created: 12, errorCount: 0, absentCount: 0 },
    ]);
  });

  it('shows an API token only its own import reports, also by id', async () => {
    const mine = await importAs(writer, peopleCsv(rows), true);
    const [theirs, other] = [
      await importRows([...rows, rows[1]!]),
      await importAs(cast.asToken(await world.apiToken(organization, ['DIRECTORY_WRITE'])), peopleCsv(rows)),
    ];
    expect(theirs.errorCount).toBeGreaterThan(0);
    const { organization: seen } = await writer.get<{ organization: { importReports: { nodes: Report[] } } }>(
      '{ organization { importReports { nodes { id } } } }',
    );
    expect(seen.importReports.nodes).toEqual([{ id: mine.id }]);
    expect(await writer.get('query ($id: ID!) { node(id: $id) { id } }', { id: other.id })).toEqual({
      node: null,
    });
    const person = await entry('1');
    expect(await writer.get('query ($id: ID!) { node(id: $id) { id } }', { id: person.id })).toEqual({
      node: null,
    });
  });
});

describe('an API token that reads and writes the directory', () => {
  const rows = peopleCsvRows(12);

  it('reports to a token that can read and write what changes today, and no future last days', async () => {
    const both = cast.asToken(await world.apiToken(organization, ['DIRECTORY_READ', 'DIRECTORY_WRITE']));
    expect(await importAs(both, peopleCsv(rows))).toMatchObject({ created: 12, absentCount: 0 });
    const planned = (offset: number): string => peopleCsv(changed(rows, '5', { left_on: day(offset) }));
    const nothing = { ...nothingChanged, unchanged: 12, errorCount: 0 };
    for (const offset of [19, 20]) expect(await importAs(both, planned(offset), true)).toMatchObject(nothing);
    await importRows(changed(rows, '5', { left_on: day(20) }));
    for (const offset of [19, 20, 21])
      expect(await importAs(both, planned(offset), true)).toMatchObject(nothing);
    expect(await importAs(both, peopleCsv(rows), true)).toMatchObject(nothing);
    for (const offset of [20, 21]) {
      const hired = peopleCsv(changed(rows, '5', { hired_on: day(offset) }));
      expect(await importAs(both, hired, true)).toMatchObject({ changed: 1, errorCount: 0 });
    }
    expect(await importAs(both, planned(21))).toMatchObject(nothing);
    expect(await entry('5')).toMatchObject({ leftOn: day(21) });
    expect(await importAs(both, planned(-1))).toMatchObject({ ended: 1, restored: 0, unchanged: 11 });
    // A former employee who returns with a future last day: the future day is not reported.
    expect(await importAs(both, planned(30))).toMatchObject({ ended: 0, restored: 1, unchanged: 11 });
    expect(await entry('5')).toMatchObject({ leftOn: day(30) });
  });
});

describe('who may import', () => {
  const csv = peopleCsv(peopleCsvRows(3));

  it('lets only PEOPLE_ADMIN and API tokens with DIRECTORY_WRITE import', async () => {
    const writer = cast.asToken(await world.apiToken(organization, ['DIRECTORY_WRITE']));
    expect(await importAs(writer, csv)).toMatchObject({ rows: 3, created: null, by: null });
    const reports = '{ organization { importReports { nodes { rows } } } }';
    expect(await writer.get(reports)).toEqual({ organization: { importReports: { nodes: [{ rows: 3 }] } } });

    const reader = cast.asToken(await world.apiToken(organization, ['DIRECTORY_READ']));
    expect(await reader.refusal(IMPORT, { csv, dryRun: true })).toBe('NOT_PERMITTED');
    expect(await reader.refusal(reports)).toBe('NOT_PERMITTED');

    for (const role of [undefined, 'ORGANIZATION_ADMIN', 'HR_ANALYST', 'AUDITOR']) {
      const other = await cast.join(organization);
      if (role !== undefined) await world.role(other, role);
      expect(await other.refusal(IMPORT, { csv, dryRun: true })).toBe('NOT_PERMITTED');
      expect(await other.refusal(reports)).toBe('NOT_PERMITTED');
    }
    expect((await app.graphql(IMPORT, { csv, dryRun: true })).errors[0]?.extensions.code).toBe(
      'UNAUTHENTICATED',
    );
  });

  it('imports people only into the organization of the importer', async () => {
    const elsewhere = await world.organization();
    const stranger = await cast.join(elsewhere);
    await world.role(stranger, 'PEOPLE_ADMIN');
    await importRows(peopleCsvRows(3));
    // The same ids and addresses are other people there.
    expect(await importAs(stranger, csv)).toMatchObject({ created: 3, absentCount: 0 });
    expect(await importRows(peopleCsvRows(3))).toMatchObject({ ...nothingChanged, unchanged: 3 });
    const seen = await stranger.get<{ organization: { importReports: { nodes: unknown[] } } }>(
      '{ organization { importReports { nodes { id } } } }',
    );
    expect(seen.organization.importReports.nodes).toHaveLength(1);
  });

  it('refuses a second import while one is running, and deletes the rows of an interrupted one', async () => {
    const other = new pg.Client({ connectionString: app.testDatabase.adminUrl });
    await other.connect();
    try {
      await other.query('begin');
      await other.query('select app.begin_import($1)', [organization.id]);
      expect(await admin.refusal(IMPORT, { csv, dryRun: true })).toBe('CONFLICT');
      await other.query('rollback');
      await other.query(
        `insert into import_row (import_id, organization_id, line) values (gen_random_uuid(), $1, 2)`,
        [organization.id],
      );
    } finally {
      await other.end();
    }
    expect(await importAs(admin, csv)).toMatchObject({ created: 3 });
    expect(await countOf('import_row')).toBe(0);
  });

  it('makes other changes of the directory wait until the import has ended', async () => {
    const other = new pg.Client({ connectionString: app.testDatabase.adminUrl });
    await other.connect();
    try {
      const create =
        'mutation ($input: CreatePersonInput!) { createPerson(input: $input) { person { name } } }';
      await other.query('begin');
      await other.query('select app.lock_directory_for_import($1)', [organization.id]);
      const impatient = await admin.ask(create, { input: { name: 'Impatient' } });
      expect(impatient.status).toBe(503);
      expect(impatient.headers.get('retry-after')).toMatch(/^\d+$/);
      expect(impatient.errors).toMatchObject([
        { extensions: { code: 'UNAVAILABLE', retryAfter: expect.any(Number) as unknown } },
      ]);
      const inTurn = admin.get(create, { input: { name: 'In Turn' } });
      await waiting(other);
      await other.query('rollback');
      expect(await inTurn).toEqual({ createPerson: { person: { name: 'In Turn' } } });
    } finally {
      await other.end();
    }
  });

  /** Until somebody waits for a lock. */
  async function waiting(client: pg.Client): Promise<void> {
    for (;;) {
      const { rows } = await client.query('select 1 from pg_locks where not granted');
      if (rows.length > 0) return;
    }
  }

  it('accepts up to 20,000 rows by mutation', async () => {
    const many = peopleCsvRows(20_001);
    const { errors } = await admin.ask(IMPORT, { csv: peopleCsv(many), dryRun: true });
    expect(errors[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', fields: [{ path: 'input.csv' }] });
    expect(await countOf('import_report')).toBe(0);
    expect(await importRows(many.slice(0, 20_000), true)).toMatchObject({ rows: 20_000, created: 20_000 });
  });
});
