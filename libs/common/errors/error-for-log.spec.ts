import { GraphQLInt } from 'graphql';
import { errorForLog } from './error-for-log.js';

function thrownBy(work: () => unknown): unknown {
  try {
    return work();
  } catch (error) {
    return error;
  }
}

/** An error of PostgreSQL as node-postgres reports it, wrapped by TypeORM. */
function databaseError(code: string): Error {
  const driverError = Object.assign(new Error('duplicate key: (email)=(ann@example.com)'), {
    severity: 'ERROR',
    code,
    table: 'person',
    constraint: 'person_email',
    routine: '_bt_check_unique',
    detail: 'ann@example.com',
  });
  return Object.assign(new Error(driverError.message), { name: 'QueryFailedError', driverError });
}

describe('errorForLog', () => {
  it('keeps the names that PostgreSQL reports, and drops its message', () => {
    const { stack, ...rest } = errorForLog(databaseError('23505'));
    expect(rest).toEqual({
      error: 'QueryFailedError',
      sqlState: '23505',
      table: 'person',
      constraint: 'person_email',
      routine: '_bt_check_unique',
    });
    expect(stack).toMatch(/^\s+at .*error-for-log\.spec/);
    expect(JSON.stringify(stack)).not.toContain('ann@');
  });

  it.each<[() => unknown, string | undefined]>([
    [() => (undefined as unknown as { x: number }).x, "Cannot read properties of undefined (reading 'x')"],
    [() => GraphQLInt.serialize('Ann'), 'Int cannot represent non-integer value …'],
    [() => new Intl.DateTimeFormat('en', { timeZone: 'Ann/Lee' }), 'Invalid time zone specified …'],
    [() => Buffer.alloc('Ann' as unknown as number), 'The "…" argument must be of type number. Received …'],
    [() => JSON.parse('Ann') as unknown, undefined],
    [
      () => {
        throw new Error('"Ann" and \'Lee\' and `Kim` met');
      },
      '"…" and \'…\' and `…` met',
    ],
  ])('removes the values that %s quotes', (work, reason) => {
    const { reason: words, stack } = errorForLog(thrownBy(work));
    expect(words).toBe(reason);
    expect(String(stack)).not.toMatch(/Ann\b/);
  });

  it('adds the reason of the cause', () => {
    const cause = new Error('connect ECONNREFUSED');
    expect(errorForLog(new Error('The database cannot be reached.', { cause }))).toMatchObject({
      error: 'Error',
      reason: 'The database cannot be reached.',
      cause: 'connect ECONNREFUSED',
    });
  });

  it('drops the message of a parser that caused the error', () => {
    const cause = thrownBy(() => JSON.parse('Ann') as unknown);
    expect(errorForLog(new Error('The body cannot be parsed.', { cause }))).not.toHaveProperty('cause');
  });
});
