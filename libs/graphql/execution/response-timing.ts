import { setTimeout as sleep } from 'node:timers/promises';
import type { GraphQLFormattedError } from 'graphql';

/**
 * An answer that something does not exist leaves only at multiples of this time after its request came, in milliseconds.
 *
 * PostgreSQL evaluates a policy for rows that exist: to find that a row is hidden takes some tenths of a millisecond longer than to
 * find nothing, and many measurements would tell the two apart. Most answers leave at the first of these moments.
 */
const STEP_MS = 25;

/** Codes of refusals that may be about a row which exists and is hidden. */
const ABOUT_NOTHING: readonly unknown[] = ['NOT_FOUND', 'BAD_USER_INPUT'];

/** Whether the answer says of something that was named by its id that it does not exist. */
export function isAboutNothing(
  data: Readonly<Record<string, unknown>> | null | undefined,
  errors: readonly GraphQLFormattedError[] | undefined,
): boolean {
  if (errors?.some(({ extensions }) => ABOUT_NOTHING.includes(extensions?.code))) return true;
  return Object.values(data ?? {}).some(
    (value) => value === null || (Array.isArray(value) && value.includes(null)),
  );
}

/** Waits until the next of those moments. @param began by performance.now() */
export async function untilNextStep(began: number): Promise<void> {
  const elapsed = performance.now() - began;
  // A timer may fire up to a millisecond early.
  await sleep(Math.ceil(Math.ceil(elapsed / STEP_MS) * STEP_MS - elapsed + 1));
}
