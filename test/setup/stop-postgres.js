import pg from 'pg';

/** After the run: the throw-away server goes; of a server that was given, this run's databases and roles. */
export default async function stopTestPostgres() {
  // A database that was given is nobody's of this run.
  if (globalThis.testPostgres === undefined) return;
  const { server, given, rolePrefix } = globalThis.testPostgres;
  if (given) await removeTraces(server.adminUrl, rolePrefix);
  await server.stop();
}

async function removeTraces(adminUrl, rolePrefix) {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  try {
    const ours = `${rolePrefix.replaceAll('_', '\\_')}\\_%`;
    const databases = await client.query('select datname as name from pg_database where datname like $1', [
      ours,
    ]);
    for (const { name } of databases.rows) {
      await client.query(`alter database ${client.escapeIdentifier(name)} is_template false`);
      await client.query(`drop database ${client.escapeIdentifier(name)} with (force)`);
    }
    const roles = await client.query('select rolname as name from pg_roles where rolname like $1', [ours]);
    for (const { name } of roles.rows) {
      await client.query(`drop owned by ${client.escapeIdentifier(name)}`);
      await client.query(`drop role ${client.escapeIdentifier(name)}`);
    }
  } finally {
    await client.end();
  }
}
