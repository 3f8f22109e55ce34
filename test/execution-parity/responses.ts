import { isDeepStrictEqual } from 'node:util';
import type { TestApp } from '../e2e/app.js';
import { errorsOf, parsed, type ReplyError } from '../fuzz/response-checks.js';

/** What must be the same whichever way it came about. */
export interface Reply {
  readonly status: number;
  readonly type: string | null;
  /** The body but for its errors. */
  readonly rest: string;
  readonly data: unknown;
  /** As text, without the ids of requests, in one order; those that made something else null than their own field are `lifted`. */
  readonly errors: readonly string[];
  /** By the path of what they made null, and their own. */
  readonly lifted: ReadonlyMap<string, ReadonlyMap<string, string>>;
}

/** Changes the text of an answer before it is looked at. */
export type Mask = (text: string) => string;

/** Sends the body of a request as it is. */
export async function send(
  { url }: Pick<TestApp, 'url'>,
  token: string | undefined,
  body: string,
  { headers = {}, mask = (text) => text }: { headers?: Record<string, string>; mask?: Mask } = {},
): Promise<Reply> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
      ...headers,
    },
    body,
  });
  return replyOf(response.status, response.headers.get('content-type'), mask(await response.text()));
}

function replyOf(status: number, type: string | null, text: string): Reply {
  const answer = parsed(text);
  const own: string[] = [];
  const lifted = new Map<string, Map<string, string>>();
  for (const error of errorsOf(answer)) {
    const place = placeOf(error, answer?.data);
    if (place === undefined) own.push(textOf(error));
    else {
      const others = lifted.get(place) ?? new Map<string, string>();
      lifted.set(place, others.set(JSON.stringify(error.path), textOf(error)));
    }
  }
  return {
    status,
    type,
    rest: answer ? JSON.stringify({ ...answer, errors: undefined }) : text,
    data: answer?.data ?? null,
    errors: own.sort(),
    lifted,
  };
}

function textOf(error: ReplyError): string {
  // Which limit a deeply nested document exceeds first depends on how much of the stack is in use: the parser is recursive.
  if (/ tokens that are allowed\.$| nested too deeply: /.test(String(error.message)))
    return 'too long or too deep';
  const text = JSON.stringify(error, (key, value: unknown) => (key === 'requestId' ? undefined : value));
  // A failure names its request also in words.
  return text.replace(/(?<=Request ID: )[\da-f-]{36}/, '…');
}

/** What the error made null, if that is not its own field but one around it. */
function placeOf({ path }: ReplyError, data: unknown): string | undefined {
  if (!Array.isArray(path)) return undefined;
  const steps = path as readonly (string | number)[];
  let value = data;
  for (const [depth, step] of steps.entries()) {
    if (value === null || value === undefined) return JSON.stringify(steps.slice(0, depth));
    value = (value as Readonly<Record<string, unknown>>)[step];
  }
  return undefined;
}

/** Whether anything of it was refused or failed. */
export function hasErrors({ errors, lifted }: Reply): boolean {
  return errors.length + lifted.size > 0;
}

/**
 * Where two responses differ, as text; undefined when they do not.
 *
 * Of several errors that make the same thing null, one is enough for the specification (section 6.4.4); graphql-js tells the first
 * to come, whichever that is, a compiled operation all of them. So each way must tell one, and of the same field the same.
 */
export function difference(plain: Reply, fast: Reply): string | undefined {
  const compared = (reply: Reply): unknown => [
    reply.status,
    reply.type,
    reply.rest,
    reply.errors,
    [...reply.lifted.keys()].sort(),
  ];
  const agree = [...plain.lifted].every(([place, errors]) =>
    [...errors].every(([path, error]) => (fast.lifted.get(place)?.get(path) ?? error) === error),
  );
  return agree && isDeepStrictEqual(compared(plain), compared(fast))
    ? undefined
    : around(inFull(plain), inFull(fast));
}

function inFull({ status, type, rest, errors, lifted }: Reply): string {
  const among = [...lifted].map(([place, texts]) => `${place}: ${[...texts.values()].join(', ')}`);
  return `${String(status)} ${String(type)} ${rest} ${errors.join(', ')} ${among.join('; ')}`;
}

function around(one: string, other: string): string {
  let at = 0;
  while (at < one.length && one[at] === other[at]) at += 1;
  const part = (text: string): string => text.slice(Math.max(0, at - 200), at + 400);
  return `plain …${part(one)}\n  fast  …${part(other)}`;
}
