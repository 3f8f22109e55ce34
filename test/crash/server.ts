import { databaseEnvironment, ensureDatabase } from '../../scripts/database.mjs';
import { startPostgres } from '../../scripts/postgres.mjs';
import { Stop, capture, projectEnvironment, projectNode } from '../../scripts/processes.mjs';

/** A throw-away server of PostgreSQL that writes as durably as a lasting one. */
export interface Server {
  /** Of the superuser. */
  readonly adminUrl: string;
  readonly password: string;
  readonly folder: string;
  stop(): Promise<void>;
  /** Kills all its processes with -9. */
  crash(): Promise<void>;
  /** Starts it after a crash. */
  restart(): Promise<void>;
}

/** The variables of a database, by which commands and the service find it. */
export interface DatabaseEnvironment extends Readonly<Record<string, string>> {
  readonly DATABASE_ADMIN_URL: string;
}

/** @param from a backup to start from; without one it is empty */
export async function startServer(from?: string): Promise<Server> {
  return (await startPostgres({
    throwaway: true,
    durable: true,
    ...(from !== undefined && { from }),
  })) as Server;
}

/** Creates the database of the service unless it is there. */
export async function provideDatabase(server: Server, nodeEnv: string): Promise<DatabaseEnvironment> {
  const adminUrl: string = await ensureDatabase(server.adminUrl, 'mutual');
  return {
    ...databaseEnvironment(adminUrl, 'mutual', server.password),
    ROLE_PREFIX: 'mutual',
    NODE_ENV: nodeEnv,
  };
}

/** Runs an operator's command and returns what it printed. @throws Stop where it fails */
export async function runCommand(environment: DatabaseEnvironment, ...args: string[]): Promise<string> {
  const { code, stdout, stderr } = await capture(projectNode(), ['dist/apps/cli/main.js', ...args], {
    env: projectEnvironment(environment),
  });
  if (code !== 0) throw new Stop(`${args.join(' ')} failed:\n${stdout}${stderr}`);
  return stdout;
}
