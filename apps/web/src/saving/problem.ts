import { CombinedGraphQLErrors } from '@apollo/client/errors';
import { failureOf, type Failure } from '../failure.ts';

/** A field that the service rejected, with a code of docs/api.md. */
export interface FieldProblem {
  /** Where in the input, for example `milestones.0.title`. */
  readonly path: string;
  readonly code: string;
  /** A sentence in English, for languages without words for the code. */
  readonly message: string;
}

/** Why something was not saved. */
export interface Problem {
  readonly failure: Failure;
  /** The code of the error, such as CONFLICT, where the service gave one, or one of those of queue.ts. */
  readonly code: string | undefined;
  /** The message of the service. */
  readonly message: string | undefined;
  readonly fields: readonly FieldProblem[];
}

export function problemOf(error: unknown): Problem {
  const first = CombinedGraphQLErrors.is(error) ? error.errors[0] : undefined;
  const { code, fields } = first?.extensions ?? {};
  return {
    failure: failureOf(error),
    code: typeof code === 'string' ? code : undefined,
    message: first?.message,
    fields: Array.isArray(fields)
      ? (fields as FieldProblem[]).map((field) => ({ ...field, path: field.path.replace(/^input\./, '') }))
      : [],
  };
}
