import { GraphQLError } from 'graphql';

/** Every code of ours; a client may rely on there being no other beside GraphQL's own. */
export type ErrorCode =
  | 'UNAUTHENTICATED'
  | 'INVALID_CREDENTIALS'
  | 'NOT_PERMITTED'
  | 'NOT_FOUND'
  | 'BAD_USER_INPUT'
  | 'CONFLICT'
  | 'IDEMPOTENCY_KEY_REUSED'
  | 'TOO_COMPLEX'
  | 'RATE_LIMITED'
  | 'UNAVAILABLE'
  | 'INTERNAL_SERVER_ERROR';

/** One refused value: where it is in the arguments (`input.title`), and why. */
export interface FieldError {
  readonly path: string;
  readonly message: string;
}

/** An error whose words are meant for the client. Everything else that is thrown reaches nobody but the log. */
export class ApiError extends GraphQLError {
  constructor(
    readonly code: ErrorCode,
    message: string,
    extensions: Readonly<Record<string, unknown>> = {},
  ) {
    super(message, { extensions: { code, ...extensions } });
    this.name = 'ApiError';
  }
}

/** The input is refused; every refused value is named. */
export function badInput(fields: readonly FieldError[]): ApiError;
/** The input is refused for one value, at `path` in the arguments (`input.title`). */
export function badInput(path: string, message: string): ApiError;
export function badInput(at: string | readonly FieldError[], message = ''): ApiError {
  const fields = typeof at === 'string' ? [{ path: at, message }] : at;
  const words = fields.map((field) => (field.path ? `${field.path}: ${field.message}` : field.message));
  return new ApiError('BAD_USER_INPUT', words.join(' '), { fields });
}

/** It does not exist, or not for this viewer: the words are the same. */
export function notFound(message = 'There is nothing here with this id.'): ApiError {
  return new ApiError('NOT_FOUND', message);
}

/** A role or scope is missing, decided before any row is read; or the viewer sees the row and may not change it. */
export function notPermitted(message = 'You may not do this.'): ApiError {
  return new ApiError('NOT_PERMITTED', message);
}

/** What was asked contradicts the present state. */
export function conflict(message: string): ApiError {
  return new ApiError('CONFLICT', message);
}

/**
 * A password is not the right one. Unlike UNAUTHENTICATED it does not mean that the session has ended.
 *
 * @param path of the password in the arguments, where that says nothing about who has an account
 */
export function invalidCredentials(message: string, path?: string): ApiError {
  if (path === undefined) return new ApiError('INVALID_CREDENTIALS', message);
  return new ApiError('INVALID_CREDENTIALS', `${path}: ${message}`, { fields: [{ path, message }] });
}

/** Nobody is signed in: the token is missing, unknown, or of a session that has ended. */
export function unauthenticated(message = 'Sign in first.'): ApiError {
  return new ApiError('UNAUTHENTICATED', message);
}

/**
 * Too much, or too often; `seconds` until it may succeed, also sent as Retry-After.
 *
 * @param options.status of the answer, where a whole operation is refused before anything of it has run
 */
export function rateLimited(
  seconds: number,
  { message = 'Too many tries.', status }: { readonly message?: string; readonly status?: 429 } = {},
): ApiError {
  const retryAfter = Math.max(1, Math.ceil(seconds));
  return new ApiError('RATE_LIMITED', `${message} Try again in ${String(retryAfter)} seconds.`, {
    retryAfter,
    http: {
      headers: new Map([['retry-after', String(retryAfter)]]),
      ...(status !== undefined && { status }),
    },
  });
}

/**
 * The service is busy, or cannot reach its database. The whole operation is answered with 503 where nothing of it could be
 * answered (http-status.ts). Of a mutation it does not say that nothing was saved.
 *
 * @param message a sentence; when to try again is added
 * @param seconds until it is worth trying again, also sent as Retry-After
 */
export function unavailable(message: string, seconds = 1): ApiError {
  const retryAfter = Math.max(1, Math.ceil(seconds));
  const wait = retryAfter === 1 ? '1 second' : `${String(retryAfter)} seconds`;
  return new ApiError('UNAVAILABLE', `${message} Try again in ${wait}.`, {
    retryAfter,
    http: { status: 503, headers: new Map([['retry-after', String(retryAfter)]]) },
  });
}

/** The Idempotency-Key was used before with another body. */
export function idempotencyKeyReused(): ApiError {
  return new ApiError(
    'IDEMPOTENCY_KEY_REUSED',
    'This Idempotency-Key was used before, with another request.',
  );
}

/** What is sent is larger than its sender may send, before anything of it is looked at. */
export function tooLarge(bytes: number): ApiError {
  return new ApiError(
    'TOO_COMPLEX',
    `This request is larger than the ${bytes.toLocaleString('en')} bytes that are allowed.`,
    { http: { status: 413 } },
  );
}

/** The operation is larger than a limit allows; the message says which limit, and the value. */
export function tooComplex(message: string): ApiError {
  return new ApiError('TOO_COMPLEX', message, { http: { status: 400 } });
}
