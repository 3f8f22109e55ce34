import { Command, InvalidArgumentError } from 'commander';
import pg from 'pg';
import { StartError } from '#db';
import { SettingsError, readSettings } from '#settings';

/**
 * `after-restore`: a backup does not know what was ended, withdrawn or used after it was taken, so a restored database brings it all
 * back. This ends everything of that kind, before anything is served from it. Nothing that people wrote is changed.
 */
export const afterRestoreCommand = new Command('after-restore')
  .description(
    'End what a restored backup brings back: sessions, tokens, links, mails that wait, shares and proposals. Goals become private. Run it once, before serving.',
  )
  .requiredOption('--backup-of <time>', 'when the backup was taken, as 2026-05-04T03:00Z', timeOf)
  .option('--passwords', 'end passwords too: everybody asks for a new one by mail')
  .action(async ({ backupOf, passwords = false }: { backupOf: Date; passwords?: boolean }) => {
    const { databaseAdminUrl } = readSettings();
    if (databaseAdminUrl === undefined) {
      throw new SettingsError('after-restore needs DATABASE_ADMIN_URL (the login that owns the tables).');
    }
    for (const line of await endRestored({ adminUrl: databaseAdminUrl, backupOf, passwords }))
      console.log(line);
  });

/** In this order: goals that become private end their shares themselves, so that those are counted first. */
const STEPS: readonly { readonly what: string; readonly statement: string }[] = [
  {
    what: 'sessions and API tokens ended',
    statement: 'update session set revoked_at = now() where revoked_at is null',
  },
  { what: 'invitations withdrawn', statement: 'delete from invitation where accepted_at is null' },
  {
    what: 'links for a new password withdrawn',
    statement: 'delete from password_reset where used_at is null',
  },
  { what: 'changes of a sign-in address cancelled', statement: 'delete from address_change' },
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
    // A declined one stays: it keeps its proposer from asking again.
    what: 'proposals withdrawn',
    statement: `
      delete from alignment a where state = 'PROPOSED'
        and not exists (select from alignment_decline d where d.alignment_id = a.id)`,
  },
];

/** The salt stays, since sign-in asks for it; the hash becomes one that no password has. */
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

/** @returns what was done, and what an administrator has to look at. @throws StartError */
async function endRestored({ adminUrl, backupOf, passwords }: Restored): Promise<string[]> {
  const client = new pg.Client({ connectionString: adminUrl, application_name: 'mutual after-restore' });
  try {
    await client.connect();
  } catch (cause) {
    throw new StartError(
      'The database at DATABASE_ADMIN_URL cannot be reached: start it, or put the address right.',
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
      `What was changed after ${backupOf.toISOString()} is gone, and no record of it is left here. Before people sign in, look at:`,
      '- employment: import the directory again, so that people who have left since have left here too;',
      '- accounts that were disabled since, and roles that were revoked since: disable and revoke them again;',
      passwords
        ? '- mail: everybody asks for a new password by mail, so it must be sent.'
        : '- passwords that were changed since: the older ones open accounts again (--passwords ends all of them).',
    ];
  } finally {
    // Without a commit, nothing of it stays.
    await client.end();
  }
}

/** On a database in use it would end what people have agreed on. */
async function refuseServing(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ name: string }>(
    `select distinct application_name as name from pg_stat_activity
     where datname = current_database() and pid <> pg_backend_pid() and application_name like 'mutual%' order by 1`,
  );
  if (rows[0] === undefined) return;
  throw new StartError(
    `This database is in use (by ${rows.map(({ name }) => name).join(', ')}): after-restore is for a restored one that nothing serves yet. Stop what uses it first.`,
  );
}

/** A database that has entries from after the backup is not what was restored from it. */
async function refuseEarlier(client: pg.Client, backupOf: Date): Promise<void> {
  const { rows } = await client.query<{ at: Date }>(
    `select max(created_at) as at from session having max(created_at) > $1`,
    [backupOf],
  );
  if (rows[0] === undefined) return;
  throw new StartError(
    `Somebody signed in to this database at ${rows[0].at.toISOString()}, after the time of --backup-of: it is another database, or the time is wrong.`,
  );
}

function timeOf(value: string): Date {
  const time = new Date(value);
  if (
    !/^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/.test(value) ||
    Number.isNaN(time.getTime())
  ) {
    throw new InvalidArgumentError('It must be a time with its zone, as 2026-05-04T03:00Z.');
  }
  return time;
}
