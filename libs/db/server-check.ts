import { sqlState } from './errors.js';
import { StartError } from './start-error.js';

/** uuidv7(), WITHOUT OVERLAPS and RETURNING old.* came with it. */
const OLDEST_VERSION = 18;

/** `host:port/database` of a connection URL, for messages: never the login, never the password. */
export function placeOf(url: string): string {
  try {
    const { hostname, port, pathname } = new URL(url);
    return `${decodeURIComponent(hostname) || 'localhost'}:${port || '5432'}${pathname}`;
  } catch {
    return '(not a URL)';
  }
}

/** The login in a connection URL. @throws StartError if it is not a URL or has no login. */
export function loginOf(url: string, setting: string): { name: string; password: string } {
  let parsed: URL;
  try {
    parsed = new URL(url);
  } catch {
    throw new StartError(
      `${setting} is not a URL: write it as postgres://login:password@host:5432/database.`,
    );
  }
  const name = decodeURIComponent(parsed.username);
  if (name === '')
    throw new StartError(
      `${setting} names no login: write it as postgres://login:password@host:5432/database.`,
    );
  return { name, password: decodeURIComponent(parsed.password) };
}

/** Why a connection could not be made, in one sentence. */
export function unreachable(url: string, setting: string, cause: unknown): StartError {
  const place = placeOf(url);
  const options = { cause };
  switch (sqlState(cause)) {
    case '28P01':
    case '28000':
      return new StartError(
        `The database at ${place} refuses the login of ${setting}: correct its name or password.`,
        options,
      );
    case '3D000':
      return new StartError(
        `There is no such database as ${place}: create it with encoding UTF8, or correct ${setting}.`,
        options,
      );
    case '53300':
      return new StartError(
        `The database at ${place} has no connection free: raise its max_connections or lower the pool size.`,
        options,
      );
    default: {
      return new StartError(
        `The database at ${place} cannot be reached (${reasonOf(cause)}): start it, or correct ${setting}.`,
        options,
      );
    }
  }
}

/** ECONNREFUSED and similar: Node collects one error per address in an AggregateError with an empty message. */
function reasonOf(error: unknown): string {
  if (typeof error !== 'object' || error === null) return String(error);
  if ('code' in error && typeof error.code === 'string') return error.code;
  return 'message' in error && typeof error.message === 'string'
    ? (error.message.split('\n')[0] ?? '')
    : 'no reason given';
}

export interface ServerFacts {
  /** server_version_num, 180004 for 18.4. */
  readonly version: number;
  readonly encoding: string;
}

export const SERVER_FACTS = `select current_setting('server_version_num')::int as version, current_setting('server_encoding') as encoding`;

/** @throws StartError for an old server, or a database with an encoding other than UTF-8. */
export function checkServer(facts: ServerFacts, url: string): void {
  const place = placeOf(url);
  const major = Math.floor(facts.version / 10_000);
  if (major < OLDEST_VERSION) {
    throw new StartError(
      `PostgreSQL ${String(major)} at ${place} is too old: Mutual needs ${String(OLDEST_VERSION)} or newer, so upgrade the server or name another.`,
    );
  }
  if (facts.encoding !== 'UTF8') {
    throw new StartError(
      `The database at ${place} has the encoding ${facts.encoding}: create one with "create database … encoding 'UTF8' template template0" and name that.`,
    );
  }
}
