import assert from 'node:assert/strict';
import { url } from './stories.ts';

/** What was answered, by the names of its fields. A story knows what it asked for. */
export type Answer = Readonly<Record<string, unknown>>;
export type Ask = (query: string, variables?: object) => Promise<Answer>;

/** Asks the service as somebody, without a browser: for what a story needs, and to tidy up after it. */
export async function asPerson(email: string, password = 'two-wheels-one-gander'): Promise<Ask> {
  const signedIn = await send(
    undefined,
    'mutation ($input: SignInInput!) { signIn(input: $input) { token } }',
    { input: { email, password } },
  );
  const { token } = signedIn['signIn'] as { token: string };
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
