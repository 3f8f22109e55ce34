import pg from 'pg';
import { StartError } from '#db';
import { questionsOfMonth } from '#engagement';
import { Calendar } from './calendar.js';
import { COMPANY } from './people.js';
import { DemoContradiction, ORGANIZATION_ID, type Row, type Tables } from './rows.js';
import { barrierTables } from './rows-barriers.js';
import { VERSIONS, businessTables } from './rows-business.js';
import { EXPECTED_SHARES, goalTables, shareTimes } from './rows-goals.js';
import { mandateTables, settleMandates } from './rows-mandates.js';
import { peopleTables } from './rows-people.js';
import { settleAll, sharedNotes, talkTables } from './rows-talks.js';
import { addPeriods } from './trends/periods.js';
import { releaseTrends, respondToTrends } from './trends/release.js';

export interface DemoCounts {
  readonly people: number;
  readonly personalGoals: number;
  readonly businessGoals: number;
  readonly oneToOnes: number;
  readonly conversations: number;
  readonly talkingPoints: number;
  readonly promises: number;
}

interface LoadOptions {
  /** DATABASE_ADMIN_URL. Policies do not apply to its login, but triggers do. */
  readonly adminUrl: string;
  /** Called only if there is something to load, because it takes time. */
  readonly passwordHash: () => Promise<string>;
  /** The time of loading. The default is now. */
  readonly now?: Date;
}

/**
 * Loads the demo organization in one transaction, unless the database already contains it.
 *
 * @returns what was loaded; undefined if it was already there
 * @throws StartError: a sentence for the operator
 */
export async function loadDemo({
  adminUrl,
  passwordHash,
  now = new Date(),
}: LoadOptions): Promise<DemoCounts | undefined> {
  const client = new pg.Client({ connectionString: adminUrl, application_name: 'mutual demo' });
  try {
    await client.connect();
  } catch (cause) {
    throw new StartError(
      'The database at DATABASE_ADMIN_URL cannot be reached: start it, or put the address right.',
      { cause },
    );
  }
  try {
    if (await isLoaded(client)) return undefined;
    const hash = await passwordHash();
    await client.query('begin');
    // Of two simultaneous starts, the second waits and then finds it loaded.
    await client.query(`select pg_advisory_xact_lock(hashtextextended('demo organization', 0))`);
    if (await isLoaded(client)) return undefined;
    const counts = await insertDemo(client, new Calendar(now), hash);
    await client.query('commit');
    return counts;
  } finally {
    // Without a commit, nothing is stored.
    await client.end();
  }
}

async function isLoaded(client: pg.Client): Promise<boolean> {
  try {
    const { rows } = await client.query<{ id: string }>(
      'select id from organization where id = $1 or name = $2',
      [ORGANIZATION_ID, COMPANY.name],
    );
    if (rows.some(({ id }) => id !== ORGANIZATION_ID)) {
      throw new StartError(
        `There is an organization named "${COMPANY.name}" already, which is not the demo: rename it first.`,
      );
    }
    return rows.length > 0;
  } catch (error) {
    if ((error as { code?: unknown }).code !== UNDEFINED_TABLE) throw error;
    throw new StartError('The database is empty: run "npm run cli -- migrate" first.', { cause: error });
  }
}

const UNDEFINED_TABLE = '42P01';

async function insertDemo(client: pg.Client, calendar: Calendar, hash: string): Promise<DemoCounts> {
  const people = peopleTables(calendar, hash);
  const business = businessTables(calendar);
  const goals = goalTables(calendar);
  const pairs = settleAll(calendar);
  const talks = talkTables(calendar, pairs);
  await insertAll(client, people);
  await insertAll(client, barrierTables(calendar));
  await insertAll(client, business);
  await setVersions(client);
  await insertAll(client, goals);
  await settleShares(client);
  await settleShareTimes(client, shareTimes(calendar));
  await insertAll(client, talks);
  await writeSharedNotes(client, sharedNotes(calendar, pairs));
  await insertAll(client, mandateTables(calendar));
  await settleMandates(client, calendar);
  await addPeriods(client, calendar);
  await openPulse(client);
  await releaseTrends(client);
  await respondToTrends(client, calendar);
  const count = (tables: Tables, name: string): number => tables[name]?.length ?? 0;
  return {
    people: count(people, 'person'),
    personalGoals: count(goals, 'personal_goal'),
    businessGoals: count(business, 'business_goal'),
    oneToOnes: count(talks, 'one_to_one'),
    conversations: count(talks, 'conversation'),
    talkingPoints: count(talks, 'talking_point'),
    promises: count(talks, 'action_item'),
  };
}

async function insertAll(client: pg.Client, tables: Tables): Promise<void> {
  for (const [table, rows] of Object.entries(tables)) await insert(client, table, rows);
}

/** Inserts all rows of a table in one statement. */
async function insert(client: pg.Client, table: string, rows: readonly Row[]): Promise<void> {
  const [first] = rows;
  if (!first) return;
  const name = client.escapeIdentifier(table);
  const columns = Object.keys(first)
    .map((column) => client.escapeIdentifier(column))
    .join(', ');
  await client.query(
    `insert into ${name} (${columns}) select ${columns} from jsonb_populate_recordset(null::${name}, $1::jsonb)`,
    [JSON.stringify(rows)],
  );
}

/** Opens the present month and its pulse, whatever the day of the month is, and mails nobody. */
async function openPulse(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ month: string; rhythm: string }>(
    `select to_char(app.today_in(id), 'YYYY-MM-01') as month, pulse_rhythm as rhythm from organization where id = $1`,
    [ORGANIZATION_ID],
  );
  const { month = '', rhythm = '' } = rows[0] ?? {};
  const setRhythm = 'update organization set pulse_rhythm = $2 where id = $1';
  await client.query(setRhythm, [ORGANIZATION_ID, 'OFF']);
  await client.query(`select app.open_period($1, $2, '[]', '[]')`, [ORGANIZATION_ID, month]);
  await client.query(setRhythm, [ORGANIZATION_ID, rhythm]);
  const questions = questionsOfMonth(month).map(({ id, driver, scale }) => ({ id, driver, scale }));
  await client.query(
    `select app.open_pulse(e, $2) from engagement_period e
     where e.organization_id = $1 and e.granularity = 'MONTH' and e.starts_on = $3::date`,
    [ORGANIZATION_ID, JSON.stringify(questions), month],
  );
}

/** Sets the versions that the check-ins would have produced one by one. */
async function setVersions(client: pg.Client): Promise<void> {
  await client.query(
    `update business_goal b set version = s.version
     from jsonb_to_recordset($1::jsonb) as s(id uuid, version integer) where b.id = s.id`,
    [JSON.stringify(VERSIONS)],
  );
}

/** Ends shares with a former manager with their reporting line, and compares the state of each share with the expected one. */
async function settleShares(client: pg.Client): Promise<void> {
  await client.query(
    `update goal_share s set line_id = f."formerLineId"
     from jsonb_to_recordset($1::jsonb) as f(id uuid, "formerLineId" uuid)
     where s.id = f.id and f."formerLineId" is not null`,
    [JSON.stringify(EXPECTED_SHARES)],
  );
  const { rows } = await client.query<{ label: string; state: string; is: string }>(
    `select e.label, e.state, coalesce(app.share_state(s), 'missing') as "is"
     from jsonb_to_recordset($1::jsonb) as e(id uuid, state text, label text)
     left join goal_share s on s.id = e.id
     where app.share_state(s) is distinct from e.state`,
    [JSON.stringify(EXPECTED_SHARES)],
  );
  if (rows.length === 0) return;
  throw new DemoContradiction(
    rows.map(({ label, state, is }) => `${label}: ${is} instead of ${state}.`).join('\n'),
  );
}

/** The database records the current time with each share; this sets the time in the past. */
async function settleShareTimes(client: pg.Client, times: readonly Row[]): Promise<void> {
  await client.query(
    `update goal_share_own o set created_at = t.at
     from jsonb_to_recordset($1::jsonb) as t(id uuid, at timestamptz) where t.id = o.share_id`,
    [JSON.stringify(times)],
  );
}

/** The database has created empty shared notes for each conversation. */
async function writeSharedNotes(
  client: pg.Client,
  { pages, versions }: ReturnType<typeof sharedNotes>,
): Promise<void> {
  await client.query(
    `update shared_notes n
     set id = p.id, text = p.text, version = p.version, updated_at = p.updated_at, updated_by_id = p.updated_by_id
     from jsonb_populate_recordset(null::shared_notes, $1::jsonb) p where p.conversation_id = n.conversation_id`,
    [JSON.stringify(pages)],
  );
  await insert(client, 'shared_notes_version', versions);
}
