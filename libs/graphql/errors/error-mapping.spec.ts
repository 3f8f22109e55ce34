import { Logger } from '@nestjs/common';
import { GraphQLError } from 'graphql';
import { DatabaseBusy, DatabaseUnavailable, StatementTimeout } from '#db';
import { ApiError, conflict } from './errors.js';
import { toApiError } from './error-mapping.js';

beforeAll(() => {
  Logger.overrideLogger(false);
});

const place = { requestId: 'request-7' };

/** What the driver makes of an answer of PostgreSQL, and TypeORM of that. */
function databaseError(code: string, routine = '_bt_check_unique'): Error {
  const driverError = Object.assign(new Error('duplicate key: (email)=(ann@example.com)'), {
    severity: 'ERROR',
    code,
    table: 'person',
    constraint: 'person_email',
    routine,
    detail: 'ann@example.com',
  });
  return Object.assign(new Error(driverError.message), { name: 'QueryFailedError', driverError });
}

it.each<[string, unknown, string]>([
  ['an ApiError', conflict('Taken.'), 'CONFLICT'],
  [
    'an ApiError wrapped by GraphQL',
    new GraphQLError('x', { originalError: conflict('Taken.') }),
    'CONFLICT',
  ],
  ['a read that took too long', new StatementTimeout('reading'), 'TOO_COMPLEX'],
  ['a write that took too long', new StatementTimeout('writing'), 'UNAVAILABLE'],
  ['a statement cancelled for an unknown reason', databaseError('57014'), 'UNAVAILABLE'],
  ['a deadlock', databaseError('40P01'), 'UNAVAILABLE'],
  ['a serialization failure', databaseError('40001'), 'UNAVAILABLE'],
  ['a lock timeout', databaseError('55P03'), 'UNAVAILABLE'],
  ['a policy that refuses a write', databaseError('42501', 'ExecWithCheckOptions'), 'NOT_PERMITTED'],
  ['a function that refuses its caller', databaseError('42501', 'exec_stmt_raise'), 'NOT_PERMITTED'],
  ['a privilege that is missing', databaseError('42501', 'aclcheck_error'), 'INTERNAL_SERVER_ERROR'],
  ['a full disk', databaseError('53100'), 'UNAVAILABLE'],
  ['a queue for connections that is full', new DatabaseBusy(), 'UNAVAILABLE'],
  ['a unique key', databaseError('23505'), 'INTERNAL_SERVER_ERROR'],
  ['an unreachable database', new DatabaseUnavailable('nothing'), 'UNAVAILABLE'],
  ['a COMMIT whose outcome is unknown', new DatabaseUnavailable('unknown'), 'UNAVAILABLE'],
  ['a plain error', new Error('Ann'), 'INTERNAL_SERVER_ERROR'],
  [
    'a GraphQL error from other code',
    new GraphQLError('Ann', { extensions: { code: 'NOT_FOUND' } }),
    'INTERNAL_SERVER_ERROR',
  ],
  ['no error at all', 'Ann', 'INTERNAL_SERVER_ERROR'],
])('maps %s to a public error', (_name, error, code) => {
  const shown = toApiError(error, place);
  expect(shown).toBeInstanceOf(ApiError);
  expect(shown.code).toBe(code);
  expect(JSON.stringify([shown.message, shown.extensions])).not.toMatch(/ann@|Ann/);
});

it.each<[unknown, number]>([
  [databaseError('55P03'), 1],
  [new DatabaseBusy(), 1],
  [new DatabaseUnavailable('nothing'), 5],
])('reports in how many seconds to try again: %p', (error, seconds) => {
  const { message, extensions } = toApiError(error, place);
  expect(extensions.retryAfter).toBe(seconds);
  expect(message).toMatch(seconds === 1 ? /Try again in 1 second\.$/ : /Try again in 5 seconds\.$/);
});

it('reports an unknown outcome of COMMIT as possibly saved', () => {
  const { message } = toApiError(new DatabaseUnavailable('unknown'), place);
  expect(message).toContain('may or may not have been saved');
  expect(message).toContain('Idempotency-Key');
});
