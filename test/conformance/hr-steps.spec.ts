import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DEMO_PASSWORD } from '#demo';
import { hashPassword } from '../../libs/auth/passwords.js';
import { loadDemo } from '../../apps/cli/demo/load.js';
import { startApp, type TestApp } from '../e2e/app.js';

/** Programs that are not part of the project, so their steps are not run here. */
const NOT_RUN = ['soffice ', 'duckdb '];

let app: TestApp;
let folder: string;
let page: string;
/** The latest quarter of the demo organization. */
let period: string;

beforeAll(async () => {
  app = await startApp();
  folder = await mkdtemp(join(tmpdir(), 'mutual-hr-'));
  page = await readFile('docs/hr.md', 'utf8');
  await loadDemo({ adminUrl: app.testDatabase.adminUrl, passwordHash: () => hashPassword(DEMO_PASSWORD) });
  const { rows } = await app.database.query<{ key: string }>(
    `select period_key as key from trend_release where granularity = 'QUARTER' order by ends_on desc limit 1`,
  );
  period = rows[0]!.key;
});
afterAll(async () => {
  await app.close();
  await rm(folder, { recursive: true, force: true });
});

/** The shell steps of the page, for this server and the periods of the demo organization. */
function steps(): string[] {
  return Array.from(page.matchAll(/```sh\n(.*?)```/gs), ([, step]) => step!)
    .filter((step) => !NOT_RUN.some((program) => step.startsWith(program)))
    .map((step) =>
      step
        .replace(/^MUTUAL=\S+/m, `MUTUAL=${app.url.replace(/\/graphql$/, '')}`)
        .replace(/^YEAR=\S+/m, `YEAR=${period.slice(0, 4)}`)
        .replace(/^PERIOD=\S+/m, `PERIOD=${period}`)
        // There is no terminal.
        .replaceAll('stty -echo', 'true')
        .replaceAll('stty echo', 'true'),
    );
}

/** What each step prints. A step that fails ends the shell. */
async function run(script: readonly string[], input: string): Promise<string[]> {
  const shell = spawn('sh', ['-eu', '-c', script.map((step) => `${step}\necho '~~~'`).join('\n')], {
    cwd: folder,
  });
  const [out, errors]: [Buffer[], Buffer[]] = [[], []];
  shell.stdout.on('data', (text: Buffer) => out.push(text));
  shell.stderr.on('data', (text: Buffer) => errors.push(text));
  shell.stdin.end(input);
  const code = await new Promise((done) => shell.once('close', done));
  expect({ code, errors: Buffer.concat(errors).toString() }).toEqual({ code: 0, errors: '' });
  return Buffer.concat(out).toString().split('~~~\n').slice(0, -1);
}

describe('the steps of docs/hr.md', () => {
  it('make a token, pull a year and a period, show the statuses and the same hash twice', async () => {
    const script = steps();
    expect(script).toHaveLength(6);
    const printed = await run(script, `tomasz@quince-gander.example\n${DEMO_PASSWORD}\n`);
    expect(printed[1]).toMatch(/^[\w-]{40,}\n$/);

    const year = await readFile(join(folder, `trends-${period.slice(0, 4)}.csv`), 'utf8');
    const [header = '', ...lines] = year.trimEnd().split('\r\n');
    expect(lines.length).toBeGreaterThan(500);
    expect(lines.some((line) => line.startsWith(`${period},`))).toBe(true);
    const table = page.slice(page.indexOf('| column'), page.indexOf('Months and quarters are in one file'));
    const described = Array.from(table.matchAll(/^\| (`\w+`(?:, `\w+`)*) +\| /gm), ([, names]) => names!);
    const columns = described.flatMap((names) => names.replaceAll('`', '').split(', '));
    expect(header.split(',')).toEqual(columns);

    const statuses = Array.from(script[4]!.matchAll(/# (\d{3})$/gm), ([, status]) => status);
    expect(statuses.length).toBeGreaterThan(3);
    expect(printed[4]!.trim().split('\n')).toEqual(statuses);

    const [computed, released, ...more] = printed[5]!.trim().split('\n');
    expect(computed).toMatch(/^[0-9a-f]{64}$/);
    expect([released, more]).toEqual([computed, []]);
  });
});
