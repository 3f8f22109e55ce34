import pg from 'pg';
import { peopleCsv, peopleCsvRows, type PeopleCsvRow } from '../factories/people-csv.js';
import { World, day, type TestOrganization } from '../factories/world.js';
import { startApp, type TestApp } from './app.js';
import { Cast, type Actor } from './cast.js';

interface Report {
  id: string;
  dryRun: boolean;
  rows: number;
  created: number;
  changed: number;
  ended: number;
  restored: number;
  managersChanged: number;
  unchanged: number;
  errorCount: number;
  errors: { line: number; column: string | null; message: string }[];
  absentCount: number;
  absent: string[];
  by: { id: string } | null;
}

const IMPORT = `mutation ($csv: String!, $dryRun: Boolean!) {
  importPeople(input: { csv: $csv, dryRun: $dryRun }) {
    importReport {
      id dryRun rows created changed ended restored managersChanged unchanged errorCount errors { line column message }
      absentCount absent by { id }
    }
  }
}`;

let app: TestApp;
let world: World;
let cast: Cast;
let organization: TestOrganization;
let admin: Actor;

beforeAll(async () => {
  app = await startApp();
  world = new World(app.database);
  cast = new Cast(app, world);
});
afterAll(() => app.close());

beforeEach(async () => {
  organization = await world.organization();
  admin = await cast.join(organization, { name: 'Pat Admin' });
  await world.role(admin, 'PEOPLE_ADMIN');
});

async function importAs(actor: Pick<Actor, 'get'>, csv: string, dryRun = false): Promise<Report> {
  const data = await actor.get<{ importPeople: { importReport: Report } }>(IMPORT, { csv, dryRun });
  return data.importPeople.importReport;
}

const importRows = (rows: readonly PeopleCsvRow[], dryRun = false): Promise<Report> =>
  importAs(admin, peopleCsv(rows), dryRun);

/** Changes one row of a file of the standard shape, by its external id. */
function changed(rows: readonly PeopleCsvRow[], id: string, values: Partial<PeopleCsvRow>): PeopleCsvRow[] {
  return rows.map((row) => (row.external_id === id ? { ...row, ...values } : row));
}

interface Entry {
  id: string;
  name: string;
  email: string | null;
  title: string | null;
  startedOn: string | null;
  endedOn: string | null;
  department: { name: string } | null;
  location: { name: string } | null;
  manager: { name: string } | null;
  reportingLines: { from: string; until: string | null; kind: string; manager: { name: string } }[];
}

async function entry(externalId: string, as: Actor = admin): Promise<Entry> {
  const found = await app.database.query<{ id: string }>(
    'select id from person where organization_id = $1 and external_id = $2',
    [organization.id, externalId],
  );
  const data = await as.get<{ person: Entry }>(
    `query ($id: ID!) { person(id: $id) {
      id name email title startedOn endedOn department { name } location { name } manager { name }
      reportingLines { from until kind manager { name } }
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

  it('is told in a dry run, taken over, and changes nothing the second time', async () => {
    const told = await importRows(rows, true);
    expect(told).toMatchObject({
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

  it('gives everybody their entry, and lines that begin today', async () => {
    await importRows(rows);
    expect(await entry('11')).toMatchObject({
      name: rows[10]?.name,
      email: 'person11@example.com',
      title: rows[10]?.title,
      department: { name: rows[10]?.department },
      location: { name: rows[10]?.location },
      startedOn: rows[10]?.hired_on,
      endedOn: null,
      manager: { name: rows[1]?.name },
      reportingLines: [{ from: day(0), until: null, kind: 'PRIMARY', manager: { name: rows[1]?.name } }],
    });
    expect(await entry('1')).toMatchObject({ manager: null, reportingLines: [] });
  });

  it('does not depend on the order of rows', async () => {
    expect(await importRows(rows.toReversed())).toMatchObject({ created: 290, errorCount: 0 });
    expect(await importRows(rows)).toMatchObject({ ...nothingChanged, unchanged: 290 });
  });

  it('is reported to PEOPLE_ADMIN, and who imported to the AUDITOR', async () => {
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

  it('is said by the dry run exactly as by the import', async () => {
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
    expect(await entry('20')).toMatchObject({ endedOn: day(-1), manager: null });
    expect(await entry('21')).toMatchObject({ manager: { name: rows[3]?.name } });
    expect(await entry('30')).toMatchObject({ name: rows[29]?.name, manager: { name: rows[3]?.name } });
    expect(await importRows(file)).toMatchObject({ ...nothingChanged, unchanged: 29 });
  });

  it('keeps who managed whom before', async () => {
    await app.database.query(`update reporting_line set starts_on = $2 where organization_id = $1`, [
      organization.id,
      day(-100),
    ]);
    await importRows(changed(rows, '21', { manager_external_id: '4' }));
    expect((await entry('21')).reportingLines).toEqual([
      { from: day(0), until: null, kind: 'PRIMARY', manager: { name: rows[3]?.name } },
      { from: day(-100), until: day(0), kind: 'PRIMARY', manager: { name: rows[2]?.name } },
    ]);
  });

  it('is gone without trace when taken back on the same day', async () => {
    await importRows(changed(rows, '21', { manager_external_id: '4' }));
    expect(await importRows(rows)).toMatchObject({ managersChanged: 1 });
    expect((await entry('21')).reportingLines).toEqual([
      { from: day(0), until: null, kind: 'PRIMARY', manager: { name: rows[2]?.name } },
    ]);
  });

  it('clears what the file leaves empty', async () => {
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
      startedOn: null,
    });
  });

  it('lets people exchange addresses', async () => {
    const file = changed(changed(rows, '21', { email: 'person22@example.com' }), '22', {
      email: 'Person21@example.com',
    });
    expect(await importRows(file)).toMatchObject({ changed: 2, errorCount: 0 });
    expect(await entry('22')).toMatchObject({ email: 'Person21@example.com' });
  });

  it('ends the lines of somebody who leaves, on both sides, and continues them when it was an error', async () => {
    const left = changed(rows, '2', { left_on: day(-1) });
    // Whoever still names them as their manager has none from now on, and that is no error.
    expect(await importRows(left)).toMatchObject({ ended: 1, managersChanged: 0, errorCount: 0 });
    expect(await entry('2')).toMatchObject({ manager: null, endedOn: day(-1) });
    expect(await entry('11')).toMatchObject({ manager: null });
    expect(await importRows(left)).toMatchObject({ ...nothingChanged, unchanged: 30 });

    expect(await importRows(rows)).toMatchObject({ restored: 1, managersChanged: 0 });
    expect(await entry('2')).toMatchObject({ manager: { name: rows[0]?.name }, endedOn: null });
    expect(await entry('11')).toMatchObject({ manager: { name: rows[1]?.name } });
    expect(await importRows(rows)).toMatchObject({ ...nothingChanged, unchanged: 30 });
  });

  it('gives nobody a manager who has left, nor says so again', async () => {
    const file = changed(changed(rows, '2', { left_on: day(-1) }), '30', { manager_external_id: '2' });
    const added = [
      ...file,
      { ...rows[9], external_id: '31', email: '', manager_external_id: '2' } as PeopleCsvRow,
    ];
    expect(await importRows(added)).toMatchObject({ created: 1, ended: 1, managersChanged: 1 });
    expect(await entry('30')).toMatchObject({ manager: null });
    expect(await importRows(added)).toMatchObject({ ...nothingChanged, unchanged: 31 });
    // Somebody who is not in the file can have left, too.
    expect(await importRows(added.filter(({ external_id }) => external_id !== '2'))).toMatchObject({
      ...nothingChanged,
      unchanged: 30,
      absentCount: 0,
    });
  });

  it('keeps the day of a leaving to come from everybody but the person and PEOPLE_ADMIN', async () => {
    const file = changed(rows, '2', { left_on: day(10) });
    expect(await importRows(file)).toMatchObject({ ended: 1 });
    expect(await importRows(file)).toMatchObject({ ...nothingChanged, unchanged: 30 });
    const [leaver, report] = [await entry('2'), await entry('11')];
    const signIn = async ({ id, name }: Entry): Promise<Actor> =>
      cast.signIn({ id, name, organizationId: organization.id, email: `${id}@example.com` });
    const [asLeaver, asReport] = [await signIn(leaver), await signIn(report)];
    const until = async (externalId: string, as: Actor): Promise<unknown[]> => {
      const found = await entry(externalId, as);
      return [found.endedOn, found.reportingLines[0]?.until];
    };
    expect(await until('2', admin)).toEqual([day(10), day(11)]);
    expect(await until('2', asLeaver)).toEqual([day(10), day(11)]);
    expect(await until('2', asReport)).toEqual([null, null]);
    expect(await until('11', admin)).toEqual([null, day(11)]);
    expect(await until('11', asLeaver)).toEqual([null, day(11)]);
    expect(await until('11', asReport)).toEqual([null, null]);
  });

  it('leaves a line that is planned, and does not run into it', async () => {
    const [report, later] = [await entry('21'), await entry('5')];
    await admin.get(
      'mutation ($input: ChangeReportingLineInput!) { changeReportingLine(input: $input) { person { id } } }',
      { input: { personId: report.id, managerId: later.id, from: day(5) } },
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
      { from: day(5), until: null, manager: { name: rows[4]?.name } },
      { from: day(0), until: day(5), manager: { name: rows[3]?.name } },
    ]);
  });

  it('refuses a circle with a line that begins later, in a dry run too', async () => {
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

  it('takes up somebody without an external id by their address', async () => {
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
    return report.errors.map(({ line, column, message }) => `${String(line)} ${String(column)} ${message}`);
  };

  it.each<[string, Partial<PeopleCsvRow>, string]>([
    ['no external id', { external_id: ' ' }, '4 external_id is empty.'],
    ['no name', { name: '' }, '4 name is empty.'],
    ['a name that is too long', { name: 'x'.repeat(201) }, '4 name must be at most 200 characters.'],
    ['NUL', { title: 'a\0b' }, '4 title contains the character NUL.'],
    ['bytes that are not UTF-8', { name: 'M\uFFFDller' }, '4 name contains bytes that are not UTF-8.'],
    ['a bad address', { email: 'person.example.com' }, '4 email is not an e-mail address.'],
    ['a day that is none', { hired_on: '2023-02-29' }, '4 hired_on is not a day written like 2026-05-04.'],
    ['a day written otherwise', { left_on: '04/05/2026' }, '4 left_on is not a day written like 2026-05-04.'],
    [
      'left before hired',
      { hired_on: '2020-01-02', left_on: '2020-01-01' },
      '4 left_on is before hired_on, 2020-01-02.',
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
      '4 manager_external_id "nobody" is the external id of nobody, neither in the file nor in the directory.',
    ],
    [
      'oneself as manager',
      { manager_external_id: '3' },
      '4 manager_external_id names the person as their own manager.',
    ],
  ])('is refused for %s', async (_, values, error) => {
    expect(await errorsOf(peopleCsv(changed(rows, '3', values)))).toEqual([error]);
  });

  it('is refused for a circle, naming those on it', async () => {
    const file = changed(changed(rows, '2', { manager_external_id: '3' }), '3', { manager_external_id: '2' });
    const circle =
      'manager_external_id is somebody below this person: the reporting lines would form a circle.';
    expect(await errorsOf(peopleCsv(changed(file, '5', { manager_external_id: '3' })))).toEqual([
      `3 ${circle}`,
      `4 ${circle}`,
    ]);
  });

  it('is refused for a circle through somebody whom it does not name', async () => {
    await importRows(rows);
    const file = changed(rows.slice(1), '2', { manager_external_id: '3' }).filter(
      ({ external_id }) => external_id === '2',
    );
    await importRows([changed(rows, '3', { manager_external_id: '2' })[2]!]);
    expect((await importRows(file)).errors).toMatchObject([{ line: 2, column: 'manager_external_id' }]);
  });

  it('is refused for the address of somebody whom it does not name', async () => {
    await importRows(rows);
    const report = await importRows([{ ...rows[0], external_id: '99' } as PeopleCsvRow]);
    expect(report.errors).toEqual([
      {
        line: 2,
        column: 'email',
        message: `"person1@example.com" is the address of ${String(rows[0]?.name)}, whom the file does not name.`,
      },
    ]);
  });

  it('has every error named on the line where its row begins, also after cells of several lines', async () => {
    const file = changed(changed(rows, '2', { title: 'Head of\r\nTools\nand\nDesign' }), '4', { name: '' });
    expect(await errorsOf(peopleCsv(changed(file, '6', { email: 'x' })))).toEqual([
      '8 name is empty.',
      '10 email is not an e-mail address.',
    ]);
  });

  it('has at most a thousand errors listed, and all counted', async () => {
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
      'semicolons',
      header.replaceAll(',', ';'),
      ['1 null The columns must be separated by commas (,), and not by semicolons.'],
    ],
    ['a column missing', header.replace(',left_on', ''), ['1 left_on is missing.']],
    ['a column twice', header.replace('left_on', 'left_on,email'), ['1 email is there twice.']],
    [
      'a column unknown',
      header.replace('left_on', 'left_on,salary'),
      [
        '1 salary is not a column of a people file: external_id, email, name, title, department, location, manager_external_id, hired_on, left_on.',
      ],
    ],
    ['a row too short', `${header}1,a@example.com,Ana\n`, ['2 null has 3 cells, and the first line 9.']],
    [
      'a quotation mark never closed',
      `${header}1,,Ana,,,,,,\n2,,"Ben,,,,,,\n3,,Cem,,,,,,\n`,
      ['3 null A quotation mark (") is opened and never closed; nothing after it could be read.'],
    ],
    [
      'a quotation mark inside a cell',
      `${header}1,,Ana "Nan" Ek,,,,,,\n`,
      [
        '2 null A quotation mark (") stands inside a cell: write it twice and put the cell in quotation marks. Nothing after it could be read.',
      ],
    ],
  ])('is refused for %s', async (_, csv, errors) => {
    expect(await errorsOf(csv)).toEqual(errors);
  });
});

describe('how a file may be written', () => {
  it('is with a byte order mark, CRLF, quotation marks, empty lines, columns in any order', async () => {
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
      startedOn: '2020-02-29',
    });
    expect(await entry('8')).toMatchObject({ title: 'Head of Tools', manager: { name: 'Ek, "Nan" Ana' } });
  });

  it('keeps what a spreadsheet would take for a formula as it is written', async () => {
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

describe('who may import', () => {
  const csv = peopleCsv(peopleCsvRows(3));

  it('is PEOPLE_ADMIN, and an API token to write the directory', async () => {
    const writer = cast.asToken(await world.apiToken(organization, ['DIRECTORY_WRITE']));
    expect(await importAs(writer, csv)).toMatchObject({ created: 3, by: null });
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

  it('reaches their own organization only', async () => {
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

  it('is one at a time: another is refused, and the rows of one that broke off are cleared away', async () => {
    const other = new pg.Client({ connectionString: app.testDatabase.adminUrl });
    await other.connect();
    try {
      await other.query('begin');
      await other.query('select import_begin($1)', [organization.id]);
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

  it('is by mutation up to 20,000 rows', async () => {
    const many = peopleCsvRows(20_001);
    const { errors } = await admin.ask(IMPORT, { csv: peopleCsv(many), dryRun: true });
    expect(errors[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', fields: [{ path: 'input.csv' }] });
    expect(await countOf('import_report')).toBe(0);
    expect(await importRows(many.slice(0, 20_000), true)).toMatchObject({ rows: 20_000, created: 20_000 });
  }, 60_000);
});
