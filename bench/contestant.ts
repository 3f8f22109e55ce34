/** What is measured: a server of its own kind over the same database, and how one asks it. */

export const questions = ['Q1', 'Q2', 'Q3'] as const;
export type Question = (typeof questions)[number];

/** Somebody who asks, and about what. The same sequence of callers for every contestant. */
export interface Caller {
  /** Sent as `Authorization: Bearer TOKEN` by the load, whoever is asked. */
  readonly token: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** An HTTP request, always a POST with a JSON body; the load adds the Authorization header. */
export interface Asked {
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface ServerOptions {
  /** `postgres://…` with the serving role's login: row-level security holds. */
  readonly databaseUrl: string;
  /** Of 127.0.0.1, where the server shall listen. */
  readonly port: number;
}

/** How a server is started: `node ...arguments` in `folder` with `environment` on top of the present one. */
export interface ServerCommand {
  /** What follows node on the command line, the script among it as an absolute path. */
  readonly arguments: readonly string[];
  readonly folder: string;
  readonly environment: Readonly<Record<string, string>>;
}

export const contestantNames = ['product', 'limit', 'postgraphile', 'mercurius', 'tutorial'] as const;
export type ContestantName = (typeof contestantNames)[number];

export interface Contestant {
  readonly name: ContestantName;
  /** A sentence for the report: what this is, and how it is set up. */
  readonly about: string;
  /** What must be done once before the first start (compiling); quick when it was done before. */
  prepare?(): Promise<void>;
  /**
   * A file of SQL that the owner of the tables runs once, after the migrations: views and functions that this contestant needs,
   * under the same law. Running it again changes nothing.
   */
  readonly sql?: string;
  /** One process that serves on the port until SIGTERM. It is up once it answers a question with 200. */
  command(options: ServerOptions): ServerCommand;
  request(question: Question, caller: Caller): Asked;
}
