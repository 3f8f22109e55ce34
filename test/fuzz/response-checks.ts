import { isDeepStrictEqual } from 'node:util';

/** What a client was answered. */
export interface Reply {
  readonly status: number;
  readonly text: string;
  readonly milliseconds: number;
}

export interface ReplyError {
  readonly message?: unknown;
  readonly path?: unknown;
  readonly extensions?: Readonly<Record<string, unknown>>;
}

/** All documented error codes, listed independently of the service. */
const CODES: ReadonlySet<unknown> = new Set([
  'UNAUTHENTICATED',
  'INVALID_CREDENTIALS',
  'NOT_PERMITTED',
  'NOT_FOUND',
  'BAD_USER_INPUT',
  'CONFLICT',
  'IDEMPOTENCY_KEY_IN_USE',
  'IDEMPOTENCY_KEY_REUSED',
  'TOO_COMPLEX',
  'RATE_LIMITED',
  'UNAVAILABLE',
  // Of GraphQL and HTTP: the request never became an operation.
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'OPERATION_RESOLUTION_FAILURE',
  'PERSISTED_QUERY_NOT_SUPPORTED',
  'BAD_REQUEST',
]);

/** The codes of refused values, written down once more. */
const FIELD_CODES: ReadonlySet<unknown> = new Set([
  'REQUIRED',
  'INVALID',
  'TOO_LONG',
  'TOO_MANY',
  'OUT_OF_RANGE',
  'DUPLICATE',
  'TAKEN',
  'NOT_FOUND',
  'NOT_ALLOWED',
  'EXACTLY_ONE',
  'UNKNOWN_FIELD',
]);

/** Words that only the inside of the service uses. */
const INNER_WORDS: readonly RegExp[] = [
  /\b(?:select|insert into|delete from)\s.*\b(?:from|values|where)\b/is,
  /\bupdate\s+\S+\s+set\b/i,
  /violates|\bconstraint\b|relation "|column "|duplicate key|invalid input syntax|sqlstate|row-level security/i,
  /permission denied|invalid byte sequence|unterminated quoted|out of range for type|statement timeout|deadlock/i,
  /QueryFailed|TypeORM|postgres|\bpg_|\bMU[01]\d\d\b|ECONN/i,
  /\bat (?:async )?[\w.<>[\] ]+ \((?:file|node|\/)/,
  /node_modules|file:\/\/|node:internal|\.(?:js|mjs|ts):\d+/,
  /(?:^|[\s"'(])\/(?:[\w.@-]+\/)+[\w.@-]+/,
  /Cannot read propert|is not a function|is not iterable|undefined \(reading|TypeError|RangeError|ReferenceError/,
  /stacktrace|\[object Object\]/i,
];

/** How long an answer may take. */
export const SLOW_MS = 2_000;

/** Finds what must never be in a response, for any caller and operation. */
export class ResponseChecks {
  private readonly names: RegExp | undefined;

  /**
   * @param names tables, constraints and indexes: those of several words are nobody's business. Only in PostgreSQL's lower
   *   case, because a value of an enumeration may be called like a table: PULSE_PARTICIPATION
   */
  constructor(names: readonly string[]) {
    const several = names.filter((name) => name.includes('_'));
    this.names = several.length > 0 ? new RegExp(`\\b(?:${several.join('|')})\\b`) : undefined;
  }

  /** What is wrong with a reply; nothing, as a rule. */
  problems({ status, text }: Reply): string[] {
    const problems: string[] = [];
    if (status >= 500) problems.push(`status ${String(status)}`);
    const body = parsed(text);
    if (body === undefined) {
      if (text !== '') problems.push(...this.innerWords(text));
      return problems;
    }
    for (const error of errorsOf(body)) problems.push(...this.problemsOf(error));
    if (
      !isDeepStrictEqual(
        Object.keys(body).filter((key) => !['data', 'errors'].includes(key)),
        [],
      )
    ) {
      problems.push(...this.innerWords(text));
    }
    return problems;
  }

  private problemsOf(error: ReplyError): string[] {
    const problems: string[] = [];
    const code = error.extensions?.code;
    if (code === 'INTERNAL_SERVER_ERROR') problems.push('internal error');
    else if (!CODES.has(code)) problems.push(`code ${JSON.stringify(code)} is not one of the list`);
    if (typeof error.message !== 'string' || error.message === '') problems.push('an error without words');
    if (code === 'BAD_USER_INPUT') {
      const fields = error.extensions?.fields;
      if (!Array.isArray(fields) || fields.length === 0 || !fields.every(isNamed)) {
        problems.push('BAD_USER_INPUT without path, code and message of each field');
      }
    }
    return [...problems, ...this.innerWords(JSON.stringify({ ...error, path: undefined }))];
  }

  private innerWords(text: string): string[] {
    const found = [...INNER_WORDS, ...(this.names ? [this.names] : [])].map((words) => words.exec(text)?.[0]);
    return found.filter((words) => words !== undefined).map((words) => `inner words: ${words.slice(0, 100)}`);
  }
}

function isNamed(field: unknown): boolean {
  const { path, code, message } = field as { path?: unknown; code?: unknown; message?: unknown };
  return (
    FIELD_CODES.has(code) &&
    typeof path === 'string' &&
    /^[\w-]+(?:\.\w+)*$/.test(path) &&
    typeof message === 'string' &&
    message !== ''
  );
}

/** The answer as an object; undefined if it is none. */
export function parsed(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

export function errorsOf(body: Readonly<Record<string, unknown>> | undefined): readonly ReplyError[] {
  const errors = body?.errors;
  return Array.isArray(errors) ? (errors as ReplyError[]) : [];
}
