import { Command, InvalidArgumentError } from 'commander';
import pg from 'pg';
import { StartError } from '#db';
import { SettingsError, readSettings } from '#settings';

/**
 * `after-restore`: a restored database contains again what was ended, withdrawn or used after the backup. This ends everything of that
 * kind before the database is served. It changes nothing that people wrote.
 */
export const afterRestoreCommand = new Command('after-restore')
  .description(
    'Ends what a restored backup brings back: sessions, tokens, links, waiting mails, shares and proposals. Goals become private. Run it once, before serving.',
  )
  .requiredOption('--backup-of <time>', 'when the backup was taken, for example 2026-05-04T03:00Z', timeOf)
  .option('--passwords', 'end passwords too; everybody resets theirs by mail')
  .action(async ({ backupOf, passwords = false }: { backupOf: Date; passwords?: boolean }) => {
    const { databaseAdminUrl } = readSettings();
    if (databaseAdminUrl === undefined) {
      throw new SettingsError('after-restore needs DATABASE_ADMIN_URL, the login that owns the tables.');
    }
    for (const line of await endRestored({ adminUrl: databaseAdminUrl, backupOf, passwords }))
      console.log(line);
  });

/** In this order, because goals that become private end their shares, which would then not be counted. */
const STEPS: readonly { readonly what: string; readonly statement: string }[] = [
  {
    what: 'sessions and API tokens ended',
    statement: 'update session set revoked_at = now() where revoked_at is null',
  },
  { what: 'invitations withdrawn', statement: 'delete from invitation where accepted_at is null' },
  {
    what: 'password reset links withdrawn',
    statement: 'delete from password_reset where used_at is null',
  },
  { what: 'changes of sign-in addresses cancelled', statement: 'delete from address_change' },
  { what: 'waiting mails deleted', statement: 'delete from outbox_mail' },
  {
    what: 'shares ended',
    statement: 'update goal_share set ended_at = least(now(), expires_at) where ended_at is null',
  },
  {
    what: 'goals made private',
    statement: `update personal_goal set visibility = 'PRIVATE' where visibility <> 'PRIVATE'`,
  },
  {
    // Declined ones stay, because they keep the proposer from proposing again.
    what: 'proposals withdrawn',
    statement: `
      delete from alignment a where state = 'PROPOSED'
        and not exists (select from alignment_decline d where d.alignment_id = a.id)`,
  },
];

/** Keeps the salt, which sign-in reads, and replaces the hash by one that no password has. */
const END_PASSWORDS = {
  what: 'passwords ended',
  statement: `
    update account set password_hash = regexp_replace(password_hash, '[^$]*$', '')
      || rtrim(encode(sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid())), 'base64'), '=')`,
};

interface Restored {
  readonly adminUrl: string;
  readonly backupOf: Date;
  readonly passwords: boolean;
}

/** @returns what was done, and what an administrator has to check. @throws StartError */
async function endRestored({ adminUrl, backupOf, passwords }: Restored): Promise<string[]> {
  const client = new pg.Client({ connectionString: adminUrl, application_name: 'mutual after-restore' });
  try {
    await client.connect();
  } catch (cause) {
    throw new StartError(
      'The database at DATABASE_ADMIN_URL cannot be reached. Start it or correct the address.',
      { cause },
    );
  }
  try {
    await client.query('begin');
    await refuseServing(client);
    await refuseEarlier(client, backupOf);
    const lines: string[] = [];
    for (const { what, statement } of passwords ? [...STEPS, END_PASSWORDS] : STEPS) {
      const { rowCount } = await client.query(statement);
      lines.push(`${String(rowCount ?? 0)} ${what}`);
    }
    await client.query(
      `insert into audit_entry (organization_id, action, subject) select id, 'DATABASE_RESTORED', $1 from organization`,
      [`backup of ${backupOf.toISOString()}`],
    );
    await client.query('commit');
    return [
      ...lines,
      '',
      `Changes after ${backupOf.toISOString()} are lost. Before people sign in, check:`,
      '- employment: import the directory again, so that people who have left since have left here too;',
      '- accounts that were disabled and roles that were revoked since: disable and revoke them again;',
      passwords
        ? '- mail: everybody resets their password by mail, so sending must work.'
        : '- passwords that were changed since: the older ones work again (--passwords ends all of them).',
    ];
  } finally {
    // Rolls back what was not committed.
    await client.end();
  }
}

/** In a database that is in use it would end shares and sessions that people rely on. */
async function refuseServing(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ name: string }>(
    `select distinct application_name as name from pg_stat_activity
     where datname = current_database() and pid <> pg_backend_pid() and application_name like 'mutual%' order by 1`,
  );
  if (rows[0] === undefined) return;
  throw new StartError(
    `This database is in use by ${rows.map(({ name }) => name).join(', ')}. Stop that first: after-restore is for a restored database that is not served yet.`,
  );
}

/** A database with sessions from after the backup is not the restored one. */
async function refuseEarlier(client: pg.Client, backupOf: Date): Promise<void> {
  const { rows } = await client.query<{ at: Date }>(
    `select max(created_at) as at from session having max(created_at) > $1`,
    [backupOf],
  );
  if (rows[0] === undefined) return;
  throw new StartError(
    `A session was opened in this database at ${rows[0].at.toISOString()}, after the time of --backup-of. It is a different database, or the time is wrong.`,
  );
}

function timeOf(value: string): Date {
  const time = new Date(value);
  if (
    !/^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/.test(value) ||
    Number.isNaN(time.getTime())
  ) {
    throw new InvalidArgumentError('It must be a time with its zone, for example 2026-05-04T03:00Z.');
  }
  return time;
}
