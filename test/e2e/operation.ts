/** A GraphQL answer as a client gets it. */
export interface Answer<Data = Record<string, unknown>> {
  readonly status: number;
  readonly headers: Headers;
  /** Undefined when the request never became an operation. */
  readonly data: Data | null | undefined;
  /** Empty when there were none. */
  readonly errors: readonly AnswerError[];
}

export interface AnswerError {
  readonly message: string;
  readonly path?: readonly (string | number)[];
  readonly extensions: {
    readonly code: string;
    readonly fields?: readonly { readonly path: string; readonly message: string }[];
    readonly [name: string]: unknown;
  };
}

/** Sends an operation to the service at `url`, as any client would. */
export async function sendOperation<Data = Record<string, unknown>>(
  url: string,
  query: string,
  variables: Record<string, unknown> = {},
  token?: string,
  headers: Record<string, string> = {},
  signal?: AbortSignal,
): Promise<Answer<Data>> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
      ...headers,
    },
    body: JSON.stringify({ query, variables }),
    ...(signal && { signal }),
  });
  const body = (await response.json()) as { data?: Data | null; errors?: readonly AnswerError[] };
  return { status: response.status, headers: response.headers, data: body.data, errors: body.errors ?? [] };
}
