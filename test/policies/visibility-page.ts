import { buildFixture } from './build-fixture.js';
import type { Actor } from './company.js';
import { oracleFor } from './matrix.js';
import { may, type Attempt } from './oracle-writes.js';
import { attemptsOn } from './write-attempts.js';
import { TABLES, keyOf, type TableName } from './rows.js';
import { connect, deleteSql, insertSql, tryAll, updateSql, visibleKeys } from './session-queries.js';

/** What each table holds, in a reader's words. */
const TITLES: Readonly<Record<TableName, string>> = {
  organization: 'Organizations and their settings',
  department: 'Departments',
  location: 'Locations',
  person: 'The directory',
  person_time_zone: 'Time zones of people',
  employment_end: 'Last days of employments',
  reporting_line: 'Reporting lines',
  reporting_line_end: 'Ends of reporting lines',
  role_grant: 'Roles',
  audit_entry: 'The audit trail of administration',
  account: 'Accounts: the address somebody signs in with',
  invitation: 'Invitations to sign in',
  password_reset: 'Links for a new password',
  address_change: 'Sign-in addresses about to change',
  session: 'Sessions and API tokens',
  outbox_mail: 'Mails on their way',
  import_report: 'Reports of imports: what the file shows by itself',
  import_outcome: 'Reports of imports: what follows from the directory',
  import_row: 'Files while they are imported',
  installation_secret: 'Keys of the installation',
  idempotency_key: 'Operations that may be sent again',
  throttle: 'Counts of tries',
  personal_goal: 'Personal goals',
  personal_goal_own: 'Of a personal goal: area of life, version and times',
  personal_goal_version: 'Of a personal goal: edit history',
  milestone: 'Of a personal goal: milestones',
  goal_update: 'Of a personal goal: updates',
  goal_share: 'Shares of personal goals',
  goal_share_own: 'Of a share: when it was made',
  goal_access: 'The access log: who was shown a goal',
  cycle: 'Cycles of business goals',
  business_goal: 'Business goals',
  key_result: 'Of a business goal: key results',
  business_goal_assignee: 'Of a business goal: assignees',
  business_goal_of_leaver: 'Business goals handed on since their owner left',
  check_in: 'Of a business goal: check-ins',
  alignment: 'Business goals placed in, or proposed for, personal goals',
  alignment_own: 'Of a placement or proposal: when it was made',
  alignment_decline: 'The no to a proposal',
  one_to_one: 'One-to-ones',
  one_to_one_decline: 'The no to an invitation',
  conversation: 'Conversations',
  talking_point: 'Talking points',
  talking_point_subject: 'Of a talking point: the goal that it is about',
  talking_point_version: 'Of a talking point: earlier wordings',
  talking_point_carry: 'Of a talking point: where it was carried from',
  shared_notes: 'Shared notes of a conversation',
  shared_notes_version: 'Of shared notes: earlier versions',
  private_notes: 'Private notes',
  action_item: 'Promises (action items)',
  action_item_version: 'Of a promise: earlier wordings',
};

const HEADER = `# Who sees and changes what

Made by \`npm run schema\` from a database with an invented company in it; do not edit. Every line is what the database itself
answered to each of the people and programs named here, not what somebody wrote down. \`npm test\` asks the same questions, and more,
and compares the answers with rules written apart from the database's own; it fails when they differ by one row.

## How to read it

Everything is told from one employee, **the owner**. The others are named by what they are to the owner: their counterpart in a
one-to-one, people whom one goal is or was shared with, their manager and their manager's manager, a peer, the holders of each
role, API tokens of each scope, people who left some days ago, people of another organization.

- *Seen by* lists everybody for whom the row exists. For anybody else it does not: no list, search, count or error tells of it.
- *Changed by* and *removed by* list who can do so in some way; which part of it is theirs to change, domain rules narrow further.
- *Added by* says who of this organization can add rows like these; always in their own name, or as their role has it. Of what there is
  one of, whoever has it adds no second.
- "Everybody in the organization" are its employees, managers and administrators among them. Somebody who has left is not, nor is an
  API token.

What to look for: no role and no manager stands in a line about somebody's goals or conversations, unless the owner let them in.
Records here are never used for pay, rating, promotion or dismissal. What this page cannot show: whoever administers the database
server can technically read what is stored in it.
`;

/** The page, as the database at DATABASE_URL answers. It must be migrated and empty. */
export async function printVisibility(
  environment: Readonly<Record<string, string | undefined>>,
): Promise<string> {
  const { DATABASE_URL: appUrl, DATABASE_ADMIN_URL: adminUrl, ROLE_PREFIX: prefix } = environment;
  if (appUrl === undefined || adminUrl === undefined || prefix === undefined) {
    throw new Error('DATABASE_URL, DATABASE_ADMIN_URL and ROLE_PREFIX name the database to ask.');
  }
  const [app, admin] = await Promise.all([connect(appUrl), connect(adminUrl)]);
  try {
    const { actors, company, readable, world } = await buildFixture(app, admin, prefix);
    const seen = new Map<string, Actor[]>();
    for (const actor of actors) {
      for (const [table, keys] of await visibleKeys(app, actor.hash, readable)) {
        for (const key of keys) note(seen, `${table}/${key}`, actor);
      }
    }
    const home = world.organization[0]?.id;
    const employees = actors.filter((actor) => {
      const { viewer, home: of } = oracleFor(world, actor);
      return viewer !== null && of === home;
    });
    const say = (who: readonly Actor[] | undefined): string => inWords(who ?? [], employees);

    const parts = [HEADER];
    for (const table of TABLES) {
      const done = new Map<string, Actor[]>();
      // Whoever names a row must see it to change it; who may add is asked where the rules say yes, and the matrix asks the rest.
      const named = attemptsOn(table, world).filter(
        (attempt) =>
          attempt.action === 'INSERT' || company.names.has(`${table}/${keyOf(table, attempt.row as never)}`),
      );
      for (const actor of actors) {
        const oracle = oracleFor(world, actor);
        const attempts = named.filter((attempt) =>
          attempt.action === 'INSERT'
            ? oracle.home === home && may(oracle, attempt)
            : seen.get(`${table}/${keyOf(table, attempt.row as never)}`)?.includes(actor) === true,
        );
        const outcomes = await tryAll(app, actor.hash, attempts.map(sqlOf));
        outcomes.forEach(({ rows }, index) => {
          const attempt = attempts[index];
          if (attempt === undefined || rows === 0) return;
          const row = 'row' in attempt ? keyOf(table, attempt.row as never) : '';
          note(done, `${attempt.action}/${row}`, actor);
        });
      }
      const lines = [...company.names]
        .filter(([key]) => key.startsWith(`${table}/`))
        .map(([key, name]) => {
          const row = key.slice(table.length + 1);
          const cells = [seen.get(key), done.get(`UPDATE/${row}`), done.get(`DELETE/${row}`)].map(say);
          return `| ${[name, ...cells].join(' | ')} |`;
        });
      parts.push(
        [
          `## ${TITLES[table]}`,
          '',
          '| row | seen by | changed by | removed by |',
          '|---|---|---|---|',
          ...lines,
          '',
          `Added, in this company, by: ${say(done.get('INSERT/'))}.`,
          '',
        ].join('\n'),
      );
    }
    return parts.join('\n');
  } finally {
    await Promise.all([app.end(), admin.end()]);
  }
}

function note(map: Map<string, Actor[]>, key: string, actor: Actor): void {
  const there = map.get(key) ?? [];
  if (!there.includes(actor)) map.set(key, [...there, actor]);
}

function sqlOf(attempt: Attempt): string {
  switch (attempt.action) {
    case 'INSERT':
      return insertSql(attempt.table, attempt.values);
    case 'UPDATE':
      return updateSql(attempt.table, [attempt.row], attempt.values);
    case 'DELETE':
      return deleteSql(attempt.table, [attempt.row]);
  }
}

/** Who they are, with all employees, or all but a few, said as that. */
function inWords(who: readonly Actor[], employees: readonly Actor[]): string {
  if (who.length === 0) return 'nobody';
  const missing = employees.filter((actor) => !who.includes(actor));
  const names = (actors: readonly Actor[]): string => actors.map(({ name }) => name).join('; ');
  if (missing.length > 4 || missing.length > employees.length / 2) return names(who);
  const rest = who.filter((actor) => !employees.includes(actor));
  return [
    `everybody in the organization${missing.length === 0 ? '' : ` but ${names(missing)}`}`,
    ...rest.map(({ name }) => name),
  ].join('; ');
}
