import { Extensions } from '@nestjs/graphql';
import {
  GraphQLError,
  Kind,
  type ASTVisitor,
  type GraphQLSchema,
  type FieldNode,
  type OperationDefinitionNode,
  type ValidationContext,
} from 'graphql';

/*
 * A mutation of which no trace may lead to its viewer. It is the only field of its operation, so the operation is known by its first
 * field before it runs, and what is recorded of others is not of this one:
 *
 * - the use of the session (RequestContext.recordUse)
 * - the cost of the operation: counted for the day, in memory (libs/auth/daily-limit.ts)
 * - the log line, metrics and spans of the request (libs/telemetry)
 * - a result by Idempotency-Key: declare `@NoIdempotencyKey` too
 *
 * docs/decisions/0070-barriers.md.
 */

const UNTRACEABLE = 'isUntraceable';

/** Declares that no trace of a mutation may lead to its viewer. */
export function Untraceable(): MethodDecorator {
  return Extensions({ [UNTRACEABLE]: true });
}

/** Whether no trace of this operation may lead to its viewer. The operation is valid ({@link untraceableAloneRule}). */
export function isUntraceable(
  schema: GraphQLSchema,
  operation: OperationDefinitionNode | undefined | null,
): boolean {
  const [first] = operation?.selectionSet.selections ?? [];
  return operation != null && first?.kind === Kind.FIELD && hasMark(schema, operation, first.name.value);
}

/** A validation rule: an untraceable field is the only one of its operation, and not in a fragment. */
export function untraceableAloneRule(context: ValidationContext): ASTVisitor {
  const schema = context.getSchema();
  return {
    OperationDefinition: (operation) => {
      const { selections } = operation.selectionSet;
      for (const selection of selections) {
        if (selection.kind !== Kind.FIELD || selections.length === 1) continue;
        if (hasMark(schema, operation, selection.name.value)) refuse(context, selection);
      }
    },
    Field: (field, _key, _parent, _path, ancestors) => {
      if (context.getFieldDef()?.extensions[UNTRACEABLE] !== true) return;
      const isInFragment = ancestors.some(
        (node) => 'kind' in node && [Kind.INLINE_FRAGMENT, Kind.FRAGMENT_DEFINITION].includes(node.kind),
      );
      if (isInFragment) refuse(context, field);
    },
  };
}

function refuse(context: ValidationContext, field: FieldNode): void {
  const message = `${field.name.value} must be the only field of its operation.`;
  context.reportError(new GraphQLError(message, { nodes: field }));
}

function hasMark(schema: GraphQLSchema, { operation }: OperationDefinitionNode, field: string): boolean {
  return schema.getRootType(operation)?.getFields()[field]?.extensions[UNTRACEABLE] === true;
}
