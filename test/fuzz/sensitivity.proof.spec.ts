import { withApp } from '../e2e/app.js';
import { long, rounds } from '../setup/prove.js';
import { ResponseChecks } from './response-checks.js';
import { fuzz, type Failure, type FuzzResult } from './fuzz.js';
import type { CallerKind } from './populate.js';

/*
 * That the fuzzer finds nothing says something only if it finds what is there. Here guards are switched off, one at a time, in a
 * separate database or service.
 */

const SEED = 4;
const OPERATIONS = 240;
/** Each change of the schema changes which operations a seed gives, so what is there may take several to be found. */
const MOST_SEEDS = rounds(20, 200);

/** Whether the fuzzer finds such a failure after this statement, in a separate database for each seed. */
async function isFoundAfter(
  sqlStatement: string,
  caller: CallerKind,
  isIt: (failure: Failure) => boolean,
): Promise<boolean> {
  for (let tries = 0; tries < MOST_SEEDS; tries += 1) {
    const { failures } = await fuzzWith(SEED + tries, caller, sqlStatement, isIt);
    if (failures.some(isIt)) return true;
  }
  return false;
}

const isLeak = ({ problem }: Failure): boolean => problem.startsWith('leak');
const isInternalError = ({ problem }: Failure): boolean => problem === 'internal error';

function fuzzWith(
  seed: number,
  caller: CallerKind,
  sqlStatement = 'select',
  until?: (failure: Failure) => boolean,
): Promise<FuzzResult> {
  return withApp({ COST_PER_MINUTE: '0' }, async (app) => {
    await app.database.query(sqlStatement.replaceAll('app_role', `${app.testDatabase.rolePrefix}_app`));
    return fuzz({ app, seed, callers: [caller], operations: OPERATIONS, until });
  });
}

describe('a guard that is switched off is found', () => {
  it('finds nothing while all are on', async () => {
    const { failures, answered } = await fuzzWith(SEED, 'employee');
    expect(failures).toEqual([]);
    expect(answered).toBeGreaterThan(OPERATIONS / 10);
  });

  it.each([
    ['promises', 'action_item', 'HR_ANALYST'],
    // Random operations seldom reach these.
    ...(long
      ? ([
          ['private notes', 'private_notes', 'manager'],
          ['hidden feedback', 'conversation_feedback', 'manager'],
        ] as const)
      : []),
    ['drafts of points', 'talking_point', 'ORGANIZATION_ADMIN'],
    ['drafts of business goals', 'business_goal', 'AUDITOR'],
    ['departments of another organization', 'department', 'person of another organization'],
    ['departments by a token for trends', 'department', 'token TRENDS_READ'],
  ] as const)('a policy that lets everybody read %s', async (_what, table, caller) => {
    const sqlStatement = `create policy loosened on ${table} for select to app_role using (true)`;
    const isLeakOfTable = (failure: Failure): boolean => isLeak(failure) && failure.problem.includes(table);
    expect(await isFoundAfter(sqlStatement, caller, isLeakOfTable)).toBe(true);
  });

  // Other guards hold: what belongs to the row stays hidden, and without it there is no answer. That is a failure, and found.
  it.each([
    ['people', 'person', 'person of another organization'],
    ['goals', 'personal_goal', 'employee'],
  ] as const)('a policy that lets everybody read %s', async (_what, table, caller) => {
    const sqlStatement = `create policy loosened on ${table} for select to app_role using (true)`;
    const isEither = (failure: Failure): boolean => isLeak(failure) || isInternalError(failure);
    expect(await isFoundAfter(sqlStatement, caller, isEither)).toBe(true);
  });

  it('a statement that fails', async () => {
    const sqlStatement = 'revoke select on business_goal from app_role';
    expect(await isFoundAfter(sqlStatement, 'employee', isInternalError)).toBe(true);
  });
});

describe('the checks', () => {
  const checks = new ResponseChecks(['personal_goal', 'person', 'person_email_key']);
  const refused = (message: string, extensions: object = { code: 'NOT_FOUND' }): string =>
    JSON.stringify({ errors: [{ message, extensions }], data: null });
  const problems = (text: string, status = 200): string[] =>
    checks.problems({ status, text, milliseconds: 1 });

  it.each([
    [refused('Nothing with this ID exists, or you cannot see it.')],
    [
      refused('title: must not be blank.', {
        code: 'BAD_USER_INPUT',
        fields: [{ path: 'input.title', code: 'REQUIRED', message: 'Title must not be blank.' }],
      }),
    ],
    [refused('Syntax Error: Expected Name, found "}".', { code: 'GRAPHQL_PARSE_FAILED' })],
    ['{"data":{"person":{"name":"select * from person where /usr/lib/x.js:1:1"}}}'],
    [''],
  ])('take %s', (text) => {
    expect(problems(text)).toEqual([]);
  });

  it.each([
    [refused('Something failed.', { code: 'INTERNAL_SERVER_ERROR' }), 'internal error'],
    [refused('No.', { code: 'SOMETHING_ELSE' }), 'code "SOMETHING_ELSE" is not one of the list'],
    [refused('No.', {}), 'code undefined is not one of the list'],
    [refused('', { code: 'CONFLICT' }), 'an error without words'],
    [
      refused('No.', { code: 'BAD_USER_INPUT' }),
      'BAD_USER_INPUT without path, code and message of each field',
    ],
    [
      refused('No.', { code: 'BAD_USER_INPUT', fields: [{ path: '', code: 'INVALID', message: 'No.' }] }),
      'BAD_USER_INPUT without path, code and message of each field',
    ],
    [
      refused('No.', { code: 'BAD_USER_INPUT', fields: [{ path: 'input', code: 'WRONG', message: 'No.' }] }),
      'BAD_USER_INPUT without path, code and message of each field',
    ],
    [refused('duplicate key value'), 'inner words: duplicate key'],
    [refused('insert into x values ($1)'), 'inner words: insert into x values'],
    [refused('This person_email_key is taken.'), 'inner words: person_email_key'],
    [refused('No.', { code: 'CONFLICT', stacktrace: ['Error'] }), 'inner words: stacktrace'],
    [refused('at Object.<anonymous> (/srv/app/dist/main.js:1:2)'), 'inner words: at Object.<anonymous> (/'],
    [refused("Cannot read properties of undefined (reading 'id')"), 'inner words: Cannot read propert'],
    ['<pre>Error: ENOENT /srv/app/dist/main.js</pre>', 'inner words:  /srv/app/dist/main.js'],
  ])('refuse %s', (text, problem) => {
    expect(problems(text)).toContain(problem);
  });

  it('allow a value of an enumeration that is called like a table', () => {
    expect(problems(refused('Give the value PERSON_EMAIL_KEY.'))).toEqual([]);
  });

  it('refuse a failure of the server', () => {
    expect(problems('', 500)).toEqual(['status 500']);
    expect(problems('', 404)).toEqual([]);
  });
});
