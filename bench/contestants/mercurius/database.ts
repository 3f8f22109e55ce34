import pg from 'pg';

// A day has no time zone: it stays the text that it is.
pg.types.setTypeParser(pg.types.builtins.DATE, (day) => day);

const pool = new pg.Pool({
  connectionString: process.env.DATABASE_URL,
  max: 10,
  // What need not wait for one another is sent together.
  pipeline: true,
  // By default PostgreSQL plans statements with `= any($1)` at each execution, with every policy; the plans do not differ.
  options: '-c plan_cache_mode=force_generic_plan',
});

/** Named, so that each connection plans it once. */
export interface Statement {
  readonly name: string;
  readonly text: string;
}

/** Begins a transaction that runs as the session; two commands in one message. */
const begin = (mode: 'read only' | 'read write', session: string): string =>
  `begin ${mode}; select set_config('app.session', ${pg.escapeLiteral(session)}, true)`;

/** The rows of one statement, in a separate transaction with the session, in one round trip. */
export async function read<Row>(session: string, statement: Statement, values: unknown[]): Promise<Row[]> {
  const client = await pool.connect();
  try {
    const [, { rows }] = await Promise.all([
      client.query(begin('read only', session)),
      client.query({ ...statement, values }),
      client.query('commit'),
    ]);
    return rows as Row[];
  } finally {
    client.release();
  }
}

/** Asks one statement of a transaction. */
export type Ask = <Row>(statement: Statement, values: unknown[]) => Promise<Row[]>;

/** Several statements in one transaction that runs as the session. */
export async function transact<Result>(
  session: string,
  work: (ask: Ask) => Promise<Result>,
): Promise<Result> {
  const client = await pool.connect();
  try {
    await client.query(begin('read write', session));
    const result = await work(async <Row>(statement: Statement, values: unknown[]) => {
      const { rows } = await client.query({ ...statement, values });
      return rows as Row[];
    });
    await client.query('commit');
    return result;
  } catch (error) {
    await client.query('rollback');
    throw error;
  } finally {
    client.release();
  }
}
