import { setTimeout as sleep } from 'node:timers/promises';
import type { GraphQLFormattedError } from 'graphql';

/**
 * A response that something does not exist is sent only at multiples of this time after its request, in milliseconds.
 *
 * PostgreSQL evaluates a policy for existing rows only, so a hidden row takes some tenths of a millisecond longer than a missing one, which
 * many measurements would reveal. Most responses are sent at the first multiple.
 */
const STEP_MS = 25;

/** Error codes that can concern a hidden row. */
const ABOUT_NOTHING: readonly unknown[] = ['NOT_FOUND', 'BAD_USER_INPUT'];

/** Whether the response says that an object requested by its id does not exist. */
export function isAboutNothing(
  data: Readonly<Record<string, unknown>> | null | undefined,
  errors: readonly GraphQLFormattedError[] | undefined,
): boolean {
  if (errors?.some(({ extensions }) => ABOUT_NOTHING.includes(extensions?.code))) return true;
  return Object.values(data ?? {}).some(
    (value) => value === null || (Array.isArray(value) && value.includes(null)),
  );
}

/** Waits until the next multiple. @param began by performance.now() */
export async function untilNextStep(began: number): Promise<void> {
  const elapsed = performance.now() - began;
  // A timer may fire up to a millisecond early.
  await sleep(Math.ceil(Math.ceil(elapsed / STEP_MS) * STEP_MS - elapsed + 1));
}
