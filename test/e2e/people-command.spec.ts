import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { peopleCsv, peopleCsvLines, peopleCsvRows } from '../factories/people-csv.js';
import { World, type TestOrganization } from '../factories/world.js';
import { long, rounds } from '../setup/prove.js';
import { startApp, type TestApp } from './app.js';

let app: TestApp;
let folder: string;
let organization: TestOrganization;

beforeAll(async () => {
  app = await startApp();
  folder = await mkdtemp(join(tmpdir(), 'mutual-people-'));
});
afterAll(async () => {
  await rm(folder, { recursive: true });
  await app.close();
});
beforeEach(async () => {
  organization = await new World(app.database).organization({ name: `Büro "${String(Math.random())}"` });
});

function environment(): NodeJS.ProcessEnv {
  const { adminUrl, appUrl, rolePrefix } = app.testDatabase;
  return { ...process.env, DATABASE_ADMIN_URL: adminUrl, DATABASE_URL: appUrl, ROLE_PREFIX: rolePrefix };
}

const command = (file: string, ...more: readonly string[]): string[] => [
  'dist/apps/cli/main.js',
  'people',
  'import',
  file,
  '--organization',
  organization.name,
  ...more,
];

/** Runs the operator's command as it is installed. */
function run(args: readonly string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  return new Promise((resolve) => {
    execFile(process.execPath, args, { env: environment() }, (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : Number(error.code), stdout, stderr });
    });
  });
}

async function count(table: string): Promise<number> {
  const { rows } = await app.database.query<{ count: string }>(
    `select count(*) from "${table}" where organization_id = $1`,
    [organization.id],
  );
  return Number(rows[0]?.count);
}

it('says what it would do, does it, and does nothing the second time', async () => {
  const file = join(folder, 'people.csv');
  await writeFile(file, peopleCsv(peopleCsvRows(290)));
  expect(await run(command(file, '--dry-run'))).toMatchObject({
    code: 0,
    stdout: expect.stringContaining('290 rows read.\nWould create 290 people;') as unknown,
  });
  expect(await count('person')).toBe(0);
  expect(await run(command(file))).toMatchObject({
    code: 0,
    stdout: expect.stringContaining('Created 290 people;') as unknown,
  });
  expect(await run(command(file))).toMatchObject({
    code: 0,
    stdout: expect.stringContaining('290 people unchanged.') as unknown,
  });
  expect([await count('person'), await count('reporting_line'), await count('import_report')]).toEqual([
    290, 289, 3,
  ]);
  await writeFile(file, peopleCsv(peopleCsvRows(265)));
  expect(await run(command(file, '--dry-run'))).toMatchObject({
    stdout: expect.stringMatching(
      /Not in the file and not changed: 25 people \(266, .* and 5 more\)\.\n$/,
    ) as unknown,
  });
});

it('reports every error with its line, and changes nothing', async () => {
  const file = join(folder, 'latin.csv');
  const rows = peopleCsvRows(5).map((row) => ({ ...row, name: 'Ana', location: 'Köln', email: '' }));
  await writeFile(file, peopleCsv(rows), 'latin1');
  const { code, stdout, stderr } = await run(command(file));
  expect([code, stdout]).toEqual([1, '5 rows read.\n5 errors. Nothing was changed.\n']);
  expect(stderr).toContain('\nLine 2: location must be in UTF-8: save the file as "CSV UTF-8".\n');
  expect(await count('person')).toBe(0);
});

it.each([
  [
    'a column that is missing',
    (header: string) => header.replace(',left_on', ''),
    'Line 1: left_on is missing: add the column.',
  ],
  [
    'names of another system',
    (header: string) => header.replace('external_id', 'Employee ID'),
    'Line 1: Employee ID is probably the column external_id: rename it.',
  ],
  ['nothing', () => '', 'Line 1: The file is empty.'],
  ['no header', () => '1,2\n', 'Line 1: The first line must name the columns of a people file:'],
])('explains a file with %s as the mutation does, however long it is', async (_, change, sentence) => {
  const file = join(folder, 'header.csv');
  const [header = '', ...lines] = peopleCsvLines(3_000);
  await writeFile(file, change(header) + (change('') === '' && change(header) === '' ? '' : lines.join('')));
  const { code, stdout, stderr } = await run(command(file));
  expect([code, stdout]).toEqual([
    1,
    expect.stringMatching(/^0 rows read\.\n1 error\. Nothing was changed\.\n/),
  ]);
  expect(stderr).toContain(sentence);
  expect(stderr).not.toMatch(/Abort|\bat /);
});

it('reads what Excel saves as Unicode text: UTF-16 with tabs', async () => {
  const file = join(folder, 'unicode.txt');
  const [header = '', ...lines] = peopleCsvLines(3);
  const text = [header, ...lines.map((line) => line.replace(/"([^"]*), ([^"]*)"/g, '$1 $2'))]
    .join('')
    .replaceAll(',', '\t');
  await writeFile(file, Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')]));
  expect(await run(command(file))).toMatchObject({
    code: 0,
    stdout: expect.stringContaining('Created 3 people;') as unknown,
  });
  const { rows } = await app.database.query<{ name: string }>(
    'select name from person where organization_id = $1 and external_id = $2',
    [organization.id, '1'],
  );
  expect(rows).toEqual([{ name: 'Ana Sánchez 1' }]);
});

it('says from the beginning how far it is, in every phase', async () => {
  const file = join(folder, 'progress.csv');
  await writeFile(file, peopleCsv(peopleCsvRows(300)));
  const { stderr } = await run(command(file));
  const phases = stderr.split('\n').map((line) => line.replace(/[:…(].*/, '').trim());
  const wanted = [
    'Reading the file',
    'Checking the file',
    'Comparing with the directory',
    'Changing people',
    'Changing ends of employment',
    'Changing reporting lines',
  ];
  expect([...new Set(phases.filter((phase) => wanted.includes(phase)))]).toEqual(wanted);
  // Before a row is read: a large file keeps nobody waiting for its first tenth.
  expect(stderr).toMatch(/^(Connecting.*\n)*Reading the file … /);
});

it.each([
  ['a file that is not there', () => command('/nowhere.csv'), 'There is no file /nowhere.csv.\n'],
  [
    'an organization that is not there',
    () => command('package.json').with(-1, 'Nobody Ltd'),
    'There is no organization named "Nobody Ltd".\n',
  ],
])('answers %s in one sentence', async (_, args, sentence) => {
  const { code, stderr } = await run(args());
  expect([code, stderr.replace(/^.* \(\d+ s\)\n/gm, '')]).toEqual([1, sentence]);
});

it('leaves nothing behind when it is killed, and the next one can begin', async () => {
  const file = join(folder, 'killed.csv');
  await writeFile(file, peopleCsv(peopleCsvRows(30_000)));
  const child = spawn(process.execPath, command(file), {
    env: environment(),
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  // It says so once all rows are in the database and the work there is going on.
  for await (const text of child.stderr.setEncoding('utf8')) if (String(text).includes('Comparing')) break;
  child.kill('SIGKILL');
  await once(child, 'close');
  await writeFile(file, peopleCsv(peopleCsvRows(10)));
  const tries = [];
  for (let code = 1; code !== 0 && tries.length < 20;) {
    const outcome = await run(command(file));
    ({ code } = outcome);
    tries.push(outcome);
  }
  expect(tries.at(-1)).toMatchObject({
    code: 0,
    stdout: expect.stringContaining('Created 10 people') as unknown,
  });
  // The server notices within seconds that nobody is there any more; until then it says so.
  for (const { stderr } of tries.slice(0, -1))
    expect(stderr).toContain('Another import into this organization');
  expect([await count('person'), await count('import_row')]).toEqual([10, 0]);
});

/** 300,000 people are the largest organization that one database is to serve. */
it('takes a large file in bounded memory and linear time', async () => {
  const size = rounds(5_000, 300_000);
  const file = join(folder, 'large.csv');
  await pipeline(Readable.from(peopleCsvLines(size)), createWriteStream(file));
  const began = Date.now();
  const child = spawn(process.execPath, command(file), { env: environment(), stdio: 'ignore' });
  let peak = 0;
  const watch = setInterval(() => {
    readFile(`/proc/${String(child.pid)}/status`, 'utf8').then(
      (status) => (peak = Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1] ?? peak)),
      () => undefined,
    );
  }, 100);
  const [code] = (await once(child, 'close')) as [number];
  clearInterval(watch);
  const seconds = (Date.now() - began) / 1_000;
  const memory = peak / 1_024;
  if (long)
    process.stdout.write(
      `import of ${String(size)} rows: ${seconds.toFixed(0)} s, ${memory.toFixed(0)} MiB\n`,
    );
  expect(code).toBe(0);
  expect(await count('person')).toBe(size);
  expect(memory).toBeLessThan(512);
  expect(seconds).toBeLessThan(180);
});
