import type { Client } from 'pg';
import { freePort } from '../../scripts/ports.mjs';
import { Stop } from '../../scripts/processes.mjs';
import { sendOperation } from '../e2e/operation.js';
import { withClient } from '../setup/client.js';
import { provideDatabase, runCommand, type DatabaseEnvironment, type Server } from './server.js';
import { Service } from './service.js';

/** The password of everybody in the demo organization. */
export const PASSWORD = 'two-wheels-one-gander';

export const address = (name: string): string => `${name}@quince-gander.example`;

/** Tables that are not compared: unlogged ones, which PostgreSQL empties when it recovers, and the outbox, whose mails are retried. */
const NOT_COMPARED = ['throttle', 'import_row', 'outbox_mail'];

/** The data of a response, or the code of its first error. */
interface DataOrCode<Data> {
  readonly data?: Data;
  readonly code?: string;
}

export interface Digest {
  readonly rows: number;
  readonly digest: string;
}

export interface OwnGoal {
  readonly title: string;
  readonly ownerView: {
    readonly shares: {
      readonly nodes: readonly {
        readonly id: string;
        readonly state: string;
        readonly with: { readonly name: string };
      }[];
    };
  };
}

/** A database server with the demo organization, and the service that uses it. */
export class Site {
  private constructor(
    readonly postgres: Server,
    readonly environment: DatabaseEnvironment,
    readonly service: Service,
  ) {}

  /** @param mail where the service sends mail, as settings */
  static async open(postgres: Server, mail: Readonly<Record<string, string>>): Promise<Site> {
    const environment = await provideDatabase(postgres, 'development');
    const service = new Service({
      ...environment,
      // The API has its own login only.
      DATABASE_ADMIN_URL: '',
      HOST: '127.0.0.1',
      PORT: String(await freePort()),
      LOG_LEVEL: 'fatal',
      ...mail,
    });
    return new Site(postgres, environment, service);
  }

  /** Runs an operator's command and returns what it printed. @throws Stop where it fails */
  command(...args: string[]): Promise<string> {
    return runCommand(this.environment, ...args);
  }

  async serve(): Promise<void> {
    this.service.start();
    await this.service.ready();
  }

  asOwner<T>(work: (admin: Client) => Promise<T>): Promise<T> {
    return withClient(this.environment.DATABASE_ADMIN_URL, work);
  }

  /** How many rows a query returns. */
  count(query: string): Promise<number> {
    return this.asOwner(async (admin) => {
      const { rows } = await admin.query<{ count: string }>(`select count(*) from (${query}) as counted`);
      return Number(rows[0]?.count);
    });
  }

  /** Sends an operation. */
  async send<Data>(
    query: string,
    variables: Record<string, unknown> = {},
    token?: string,
  ): Promise<DataOrCode<Data>> {
    const { data, errors } = await sendOperation<Data>(this.service.url, query, variables, token);
    const [error] = errors;
    if (error !== undefined) return { code: error.extensions.code };
    return data == null ? { code: 'NO_DATA' } : { data };
  }

  /** Sends an operation and returns the data. @throws Stop where there is an error */
  async ask<Data>(query: string, variables?: Record<string, unknown>, token?: string): Promise<Data> {
    const { data, code = '' } = await this.send<Data>(query, variables, token);
    if (data === undefined) throw new Stop(`${query} failed with ${code}.`);
    return data;
  }

  async signIn(name: string): Promise<string> {
    const { signIn } = await this.ask<{ signIn: { token: string } }>(
      'mutation ($input: SignInInput!) { signIn(input: $input) { token } }',
      { input: { email: address(name), password: PASSWORD } },
    );
    return signIn.token;
  }

  /** The titles of other people's goals that the caller can see. */
  async goalsOfOthers(token: string): Promise<string[]> {
    const { people, viewer } = await this.ask<{
      viewer: { person: { id: string } };
      people: { nodes: { personalGoals: { nodes: { title: string; owner: { id: string } }[] } }[] };
    }>(
      '{ viewer { person { id } } people(first: 100) { nodes { personalGoals { nodes { title owner { id } } } } } }',
      {},
      token,
    );
    return people.nodes.flatMap(({ personalGoals }) =>
      personalGoals.nodes.filter(({ owner }) => owner.id !== viewer.person.id).map(({ title }) => title),
    );
  }

  async ownGoals(token: string): Promise<readonly OwnGoal[]> {
    const { viewer } = await this.ask<{ viewer: { person: { personalGoals: { nodes: OwnGoal[] } } } }>(
      `{ viewer { person { personalGoals(first: 40) { nodes {
        title ownerView { shares(first: 20) { nodes { id state with { name } } } }
      } } } } }`,
      {},
      token,
    );
    return viewer.person.personalGoals.nodes;
  }

  /** A digest over all rows of each table, by its name. */
  async digests(): Promise<Map<string, Digest>> {
    return this.asOwner(async (admin) => {
      const { rows: tables } = await admin.query<{ name: string }>(
        `select relname as name from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace
         and relname <> all ($1) order by 1`,
        [NOT_COMPARED],
      );
      const digests = new Map<string, Digest>();
      for (const { name } of tables) {
        const { rows } = await admin.query<Digest>(
          `select count(*)::integer as rows, md5(coalesce(string_agg(t::text, E'\\n' order by t::text collate "C"), '')) as digest
           from ${name} t`,
        );
        digests.set(name, rows[0]!);
      }
      return digests;
    });
  }
}
