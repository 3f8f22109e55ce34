/** A server to measure, over the same database as the others, and how to query it. */

export const questions = ['Q1', 'Q2', 'Q3', 'Q4'] as const;
export type Question = (typeof questions)[number];

/** A caller, and the objects of their questions. Every contestant gets the same sequence of callers. */
export interface Caller {
  /** Sent as `Authorization: Bearer TOKEN` by the load generator, to every contestant. */
  readonly token: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** An HTTP request, always a POST with a JSON body; the load generator adds the Authorization header. */
export interface Asked {
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface ServerOptions {
  /** `postgres://…` with the API's login, so row-level security applies. */
  readonly databaseUrl: string;
  /** The port of 127.0.0.1 to listen on. */
  readonly port: number;
}

/** How a server is started: `node ...arguments` in `folder` with `environment` in addition to the current one. */
export interface ServerCommand {
  /** The command line after node, including the script's absolute path. */
  readonly arguments: readonly string[];
  readonly folder: string;
  readonly environment: Readonly<Record<string, string>>;
}

export const contestantNames = ['product', 'limit', 'postgraphile', 'mercurius', 'tutorial'] as const;
export type ContestantName = (typeof contestantNames)[number];

export interface Contestant {
  readonly name: ContestantName;
  /** A sentence for the report: what the server is, and how it is set up. */
  readonly about: string;
  /** Runs once before the first start (compiling); fast if already done. */
  prepare?(): Promise<void>;
  /**
   * An SQL file with views and functions that this contestant needs, under the same policies. The owner of the tables runs it after
   * the migrations. It can be run repeatedly.
   */
  readonly sql?: string;
  /** One process that serves on the port until SIGTERM. It is ready once it answers a question with 200. */
  command(options: ServerOptions): ServerCommand;
  /** The questions that it can answer; all by default. */
  readonly answers?: readonly Question[];
  request(question: Question, caller: Caller): Asked;
}
