import assert from 'node:assert/strict';

/** Where the client is served. */
export const url = process.env['WEB_URL'] ?? 'http://127.0.0.1:4000';

/** What was answered, by the names of its fields. A story knows what it asked for. */
export type Answer = Readonly<Record<string, unknown>>;
export type Ask = (query: string, variables?: object) => Promise<Answer>;

/** The password of everybody in the demo organization. */
export const DEMO_PASSWORD = 'two-wheels-one-gander';

export interface Session {
  readonly token: string;
  /** The id of the person. */
  readonly id: string;
}

/** Signs in without a browser. */
export async function beginSession(email: string, password = DEMO_PASSWORD): Promise<Session> {
  const answer = await send(
    undefined,
    'mutation ($input: SignInInput!) { signIn(input: $input) { token viewer { person { id } } } }',
    { input: { email, password } },
  );
  const { token, viewer } = answer['signIn'] as { token: string; viewer: { person: { id: string } } };
  return { token, id: viewer.person.id };
}

/** Asks the service as somebody, without a browser: for what a story needs, and to tidy up after it. */
export async function asPerson(email: string): Promise<Ask> {
  const { token } = await beginSession(email);
  return (query, variables) => send(token, query, variables);
}

/** @param token of a session; undefined for what needs none */
export async function send(
  token: string | undefined,
  query: string,
  variables: object = {},
): Promise<Answer> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
    },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors } = (await response.json()) as { data?: Answer; errors?: unknown };
  assert.equal(errors, undefined, JSON.stringify(errors));
  return data ?? {};
}
