/** What an attack sees of an answer. */
export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The body if it is JSON, else undefined. */
  readonly json: unknown;
  /** What it took of the processor, here and in the service. */
  readonly milliseconds: number;
}

/** A service under attack, by somebody with a token or without. */
export class Target {
  constructor(
    readonly url: string,
    readonly token?: string,
  ) {}

  /** Sends an operation as it should be sent. */
  ask(
    query: string,
    variables?: Readonly<Record<string, unknown>>,
    headers?: Record<string, string>,
  ): Promise<Reply> {
    return this.post(JSON.stringify({ query, ...(variables && { variables }) }), {
      'content-type': 'application/json',
      ...headers,
    });
  }

  /** Sends a body as it is to /graphql. */
  post(body: string | Uint8Array, headers: Record<string, string>): Promise<Reply> {
    return this.send('/graphql', { method: 'POST', body: body as NonNullable<RequestInit['body']>, headers });
  }

  async send(
    path: string,
    { headers, ...init }: RequestInit & { headers?: Record<string, string> } = {},
  ): Promise<Reply> {
    const before = process.cpuUsage();
    const response = await fetch(`${this.url}${path}`, {
      ...init,
      redirect: 'manual',
      headers: { ...(this.token !== undefined && { authorization: `Bearer ${this.token}` }), ...headers },
    });
    const text = await response.text();
    const { user, system } = process.cpuUsage(before);
    return {
      status: response.status,
      headers: response.headers,
      text,
      json: parsed(text),
      milliseconds: (user + system) / 1_000,
    };
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Whether any operation in an answer was executed, with whatever outcome. */
export function executed({ json }: Reply): boolean {
  const answers = Array.isArray(json) ? json : [json];
  return answers.some((answer) => typeof answer === 'object' && answer !== null && 'data' in answer);
}

/** The data of an answer; an empty object where there is none. */
export function dataOf({ json }: Reply): Readonly<Record<string, unknown>> {
  const { data } = (json ?? {}) as { data?: Record<string, unknown> | null };
  return data ?? {};
}

export interface Refusal {
  readonly message: string;
  readonly extensions?: { readonly code?: string };
}

export function errorsOf({ json }: Reply): readonly Refusal[] {
  const { errors } = (json ?? {}) as { errors?: readonly Refusal[] };
  return errors ?? [];
}
