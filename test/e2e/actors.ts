import type { TestOrganization, TestPerson, World } from '../factories/world.js';
import type { Answer, TestApp } from './app.js';

/** Somebody who is signed in. */
export interface Actor extends TestPerson {
  readonly token: string;
  /** Sends an operation as this person. */
  ask<Data = Record<string, unknown>>(
    query: string,
    variables?: Record<string, unknown>,
  ): Promise<Answer<Data>>;
  /** The same, where an answer without errors is expected: its data. */
  get<Data>(query: string, variables?: Record<string, unknown>): Promise<Data>;
  /** The same, where a refusal is expected: the code of its first error. */
  refusal(query: string, variables?: Record<string, unknown>): Promise<string | undefined>;
}

/** People for a test who act through the service. */
export class Actors {
  constructor(
    private readonly app: TestApp,
    private readonly world: World,
  ) {}

  async join(organization: TestOrganization, options: Parameters<World['person']>[1] = {}): Promise<Actor> {
    return this.signIn(await this.world.person(organization, options));
  }

  async signIn(person: TestPerson): Promise<Actor> {
    const token = await this.world.signIn(person);
    return { ...person, ...this.asToken(token) };
  }

  /** The holder of this token. */
  asToken(token: string): Pick<Actor, 'token' | 'ask' | 'get' | 'refusal'> {
    const ask: Actor['ask'] = (query, variables) => this.app.graphql(query, variables, token);
    return {
      token,
      ask,
      get: async <Data>(query: string, variables?: Record<string, unknown>): Promise<Data> => {
        const { data, errors } = await ask<Data>(query, variables);
        if (errors.length > 0 || !data) throw new Error(`The answer has errors: ${JSON.stringify(errors)}`);
        return data;
      },
      refusal: async (query, variables) => (await ask(query, variables)).errors[0]?.extensions.code,
    };
  }
}
