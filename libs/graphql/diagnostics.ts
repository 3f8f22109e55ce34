import { channel } from 'node:diagnostics_channel';
import { Kind, type GraphQLFormattedError, type OperationDefinitionNode } from 'graphql';
import type { ErrorCode } from './errors/errors.js';

/** How each operation ended, as an {@link OperationOutcome}, told just before its answer leaves; for whoever counts and measures. */
export const OPERATION_OUTCOME_CHANNEL = 'mutual.graphql.outcome';

const OWN: Readonly<Record<ErrorCode, true>> = {
  UNAUTHENTICATED: true,
  INVALID_CREDENTIALS: true,
  NOT_PERMITTED: true,
  NOT_FOUND: true,
  BAD_USER_INPUT: true,
  CONFLICT: true,
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

/** The closed list of how an operation may end: nothing that a client makes up can become one. */
export type OutcomeCode = 'OK' | ErrorCode | keyof typeof PROTOCOL | 'OTHER';

/** Nothing in it is a client's word or a row's value: kinds, codes, and names of the schema. */
export interface OperationOutcome {
  /** `none` where the request never became an operation. */
  readonly operation: 'query' | 'mutation' | 'subscription' | 'none';
  /** Of several errors one of ours ("something failed on our side") counts before the client's, and the first before others. */
  readonly code: OutcomeCode;
  /** The fields of Query or Mutation that were asked for, as the schema names them; worked out when it is asked for. */
  readonly fields: () => string[];
}

const outcomes = channel(OPERATION_OUTCOME_CHANNEL);

/** Tells how an operation ended. `operation` is undefined unless it was validated: only then are its names the schema's. */
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
