import { GraphQLError } from 'graphql';
import { fieldSentence } from './field-sentence.js';

/** The error codes. Clients can rely on there being no others, except GraphQL's own. */
export type ErrorCode =
  | 'UNAUTHENTICATED'
  | 'INVALID_CREDENTIALS'
  | 'NOT_PERMITTED'
  | 'NOT_FOUND'
  | 'BAD_USER_INPUT'
  | 'CONFLICT'
  | 'IDEMPOTENCY_KEY_IN_USE'
  | 'IDEMPOTENCY_KEY_REUSED'
  | 'TOO_COMPLEX'
  | 'RATE_LIMITED'
  | 'UNAVAILABLE'
  | 'INTERNAL_SERVER_ERROR';

/**
 * Why a value is refused. Clients can rely on there being no others.
 *
 * - `REQUIRED`: it is missing, null or blank.
 * - `INVALID`: it has the wrong type or form.
 * - `TOO_LONG`: a text has more characters than allowed.
 * - `TOO_MANY`: a list has more items than allowed.
 * - `OUT_OF_RANGE`: a number, day or time lies outside of its limits.
 * - `DUPLICATE`: the same list names it twice.
 * - `TAKEN`: it must be unique, and something else has it.
 * - `NOT_FOUND`: the viewer can see nothing with this id.
 * - `NOT_ALLOWED`: it is well-formed, and does not fit the current state or another argument.
 * - `EXACTLY_ONE`: exactly one field of this object must be given.
 * - `UNKNOWN_FIELD`: the input type has no such field.
 */
export type FieldCode =
  | 'REQUIRED'
  | 'INVALID'
  | 'TOO_LONG'
  | 'TOO_MANY'
  | 'OUT_OF_RANGE'
  | 'DUPLICATE'
  | 'TAKEN'
  | 'NOT_FOUND'
  | 'NOT_ALLOWED'
  | 'EXACTLY_ONE'
  | 'UNKNOWN_FIELD';

/** One refused value: where it is in the arguments (`input.title`), and why, as a sentence for a person. */
export interface FieldError {
  readonly path: string;
  readonly code: FieldCode;
  readonly message: string;
}

/** A refused value as passed to {@link badInput}. The default code is INVALID. */
export type InputFault = Omit<FieldError, 'code'> & Partial<FieldError>;

/** An error whose message is for the client. Everything else that is thrown is only logged. */
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

/**
 * The input is refused because of these values. A value without a code is INVALID. A message that begins in lower case is completed
 * with the field's name ({@link fieldSentence}).
 */
export function badInput(fields: readonly InputFault[]): ApiError;
/** The input is refused because of one value, at `path` in the arguments (`input.title`). */
export function badInput(path: string, message: string, code?: FieldCode): ApiError;
export function badInput(
  at: string | readonly InputFault[],
  text = '',
  code: FieldCode = 'INVALID',
): ApiError {
  const fields = (typeof at === 'string' ? [{ path: at, code, message: text }] : at).map(
    (field): FieldError => ({
      path: field.path,
      code: field.code ?? 'INVALID',
      message: fieldSentence(field.path, field.message),
    }),
  );
  return new ApiError('BAD_USER_INPUT', fields.map(({ message }) => message).join(' '), { fields });
}

/** Reports all faults of an input together. @throws BAD_USER_INPUT if there are any */
export function assertNoFaults(faults: readonly InputFault[]): void {
  if (faults.length > 0) throw badInput(faults);
}

/** It does not exist, or the viewer cannot see it: the message is the same. */
export function notFound(message = 'Nothing with this ID exists, or you cannot see it.'): ApiError {
  return new ApiError('NOT_FOUND', message);
}

/** A role or scope is missing, decided before any row is read; or the viewer can see the row and cannot change it. */
export function notPermitted(message = 'You do not have permission to do this.'): ApiError {
  return new ApiError('NOT_PERMITTED', message);
}

/** The request contradicts the current state. */
export function conflict(message: string): ApiError {
  return new ApiError('CONFLICT', message);
}

/**
 * The password is wrong. Unlike UNAUTHENTICATED, this does not mean that the session has ended.
 *
 * @param path the password's path in the arguments, where naming it does not reveal whether an account exists
 */
export function invalidCredentials(message: string, path?: string): ApiError {
  const fields: FieldError[] = path === undefined ? [] : [{ path, code: 'INVALID', message }];
  return new ApiError('INVALID_CREDENTIALS', message, fields.length > 0 ? { fields } : {});
}

/** There is no valid session: the token is missing or unknown, or the session has ended. */
export function unauthenticated(message = 'Sign in to do this.'): ApiError {
  return new ApiError('UNAUTHENTICATED', message);
}

/**
 * A rate limit is exceeded. `seconds` until it may succeed are also sent as Retry-After.
 *
 * @param options.status the HTTP status, if the whole operation is refused before it runs
 */
export function rateLimited(
  seconds: number,
  {
    message = 'There were too many attempts.',
    status,
  }: { readonly message?: string; readonly status?: 429 } = {},
): ApiError {
  const retryAfter = Math.max(1, Math.ceil(seconds));
  return new ApiError('RATE_LIMITED', `${message} Try again in ${inSeconds(retryAfter)}.`, {
    retryAfter,
    http: {
      headers: new Map([['retry-after', String(retryAfter)]]),
      ...(status !== undefined && { status }),
    },
  });
}

/**
 * The service is busy, or cannot reach its database. HTTP 503 if nothing of the operation could be returned (http-status.ts). For a
 * mutation, it does not mean that nothing was saved.
 *
 * @param message a sentence; the time to retry is appended
 * @param seconds until it is worth trying again, also sent as Retry-After
 */
export function unavailable(message: string, seconds = 1): ApiError {
  const retryAfter = Math.max(1, Math.ceil(seconds));
  return new ApiError('UNAVAILABLE', `${message} Try again in ${inSeconds(retryAfter)}.`, {
    retryAfter,
    http: { status: 503, headers: new Map([['retry-after', String(retryAfter)]]) },
  });
}

function inSeconds(seconds: number): string {
  return seconds === 1 ? '1 second' : `${String(seconds)} seconds`;
}

/** The first request with this Idempotency-Key has not been answered yet. */
export function idempotencyKeyInUse(): ApiError {
  return new ApiError(
    'IDEMPOTENCY_KEY_IN_USE',
    'A request with this Idempotency-Key is still running. Send it again in 1 second.',
    { retryAfter: 1 },
  );
}

/** The Idempotency-Key was used before with a different body. */
export function idempotencyKeyReused(): ApiError {
  return new ApiError(
    'IDEMPOTENCY_KEY_REUSED',
    'This Idempotency-Key was used for a different request: use a new key.',
  );
}

/** The body exceeds the sender's limit; decided before it is parsed. */
export function tooLarge(bytes: number): ApiError {
  return new ApiError(
    'TOO_COMPLEX',
    `This request is larger than the ${bytes.toLocaleString('en')} bytes that are allowed.`,
    { http: { status: 413 } },
  );
}

/** The operation exceeds a limit; the message names the limit and the value. */
export function tooComplex(message: string): ApiError {
  return new ApiError('TOO_COMPLEX', message, { http: { status: 400 } });
}
