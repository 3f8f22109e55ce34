import { channel } from 'node:diagnostics_channel';
import { Kind, type GraphQLFormattedError, type OperationDefinitionNode } from 'graphql';
import type { ErrorCode } from './errors/errors.js';

/** Publishes an {@link OperationOutcome} for each operation just before its response is sent; for telemetry. */
export const OPERATION_OUTCOME_CHANNEL = 'mutual.graphql.outcome';

/** Publishes that the current request is of an operation of which nothing is recorded, before it runs; for telemetry. */
export const UNTRACEABLE_CHANNEL = 'mutual.graphql.untraceable';

const OWN: Readonly<Record<ErrorCode, true>> = {
  UNAUTHENTICATED: true,
  INVALID_CREDENTIALS: true,
  NOT_PERMITTED: true,
  NOT_FOUND: true,
  BAD_USER_INPUT: true,
  CONFLICT: true,
  IDEMPOTENCY_KEY_IN_USE: true,
  IDEMPOTENCY_KEY_REUSED: true,
  TOO_COMPLEX: true,
  RATE_LIMITED: true,
  UNAVAILABLE: true,
  INTERNAL_SERVER_ERROR: true,
};
const PROTOCOL = {
  GRAPHQL_PARSE_FAILED: true,
  GRAPHQL_VALIDATION_FAILED: true,
  OPERATION_RESOLUTION_FAILURE: true,
  PERSISTED_QUERY_NOT_SUPPORTED: true,
  BAD_REQUEST: true,
} as const;

/** The closed list of outcomes; a client cannot add values. */
export type OutcomeCode = 'OK' | ErrorCode | keyof typeof PROTOCOL | 'OTHER';

/** Contains kinds, codes and names of the schema only, nothing from clients or rows. */
export interface OperationOutcome {
  /** `none` where the request never became an operation. */
  readonly operation: 'query' | 'mutation' | 'subscription' | 'none';
  /** Of several errors, a failure of the service takes precedence, then the first. */
  readonly code: OutcomeCode;
  /** The requested fields of Query or Mutation, computed on demand. */
  readonly fields: () => string[];
}

const outcomes = channel(OPERATION_OUTCOME_CHANNEL);
const untraceable = channel(UNTRACEABLE_CHANNEL);

/** The current request is of an operation of which nothing is recorded. */
export function publishUntraceable(): void {
  untraceable.publish(undefined);
}

/** Publishes how an operation ended. `operation` is undefined unless it was validated: only then are its names those of the schema. */
export function publishOutcome(
  operation: OperationDefinitionNode | undefined | null,
  errors: readonly GraphQLFormattedError[] | undefined,
): void {
  if (!outcomes.hasSubscribers) return;
  outcomes.publish({
    operation: operation?.operation ?? 'none',
    code: codeOf(errors),
    fields: () => rootFields(operation),
  } satisfies OperationOutcome);
}

/** Failures of the service itself, the worst first. */
const OF_THE_SERVICE: readonly ErrorCode[] = ['INTERNAL_SERVER_ERROR', 'UNAVAILABLE'];

function codeOf(errors: readonly GraphQLFormattedError[] = []): OutcomeCode {
  const [first] = errors;
  if (first === undefined) return 'OK';
  const codes = errors.map(({ extensions }) => extensions?.code);
  return known(OF_THE_SERVICE.find((code) => codes.includes(code)) ?? codes[0]);
}

function known(code: unknown): OutcomeCode {
  return typeof code === 'string' && (Object.hasOwn(OWN, code) || Object.hasOwn(PROTOCOL, code))
    ? (code as OutcomeCode)
    : 'OTHER';
}

function rootFields(operation: OperationDefinitionNode | undefined | null): string[] {
  const selections = operation?.selectionSet.selections ?? [];
  return selections.flatMap((selection) => (selection.kind === Kind.FIELD ? [selection.name.value] : []));
}
