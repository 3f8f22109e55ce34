import type { ApolloServerPlugin } from '@apollo/server';
import {
  GraphQLError,
  OperationTypeNode,
  type FormattedExecutionResult,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from 'graphql';
import { publishUntraceable } from '../diagnostics.js';
import { notPermitted, tooLarge, unauthenticated } from '../errors/errors.js';
import type { RequestContext } from '../request-context.js';
import { isUntraceable } from '../untraceable.js';
import type { CostReservation } from './cost.js';
import { checkLimits, LIMITS, takesLargeInput, type Limits } from './limits.js';
import { measureOperation, type Measure } from './measure-operation.js';

/**
 * Refuses operations beyond the limits (TOO_COMPLEX) and beyond what their caller may spend (RATE_LIMITED), and introspection by callers who are not permitted to use it.
 *
 * It runs on the parsed and validated operation. Validation rules cannot do this, because they do not see the values of variables and
 * therefore not the sizes of pages.
 */
export function limitsPlugin({
  mayIntrospect,
  reserve,
  countUntraceable,
  limits = LIMITS,
}: {
  readonly mayIntrospect: (ctx: RequestContext) => boolean;
  /** Reserves the most that an operation can cost; undefined where callers have no budget. @throws RATE_LIMITED */
  readonly reserve?: (ctx: RequestContext, possible: number) => Promise<CostReservation | undefined>;
  /** Counts an untraceable operation instead, which costs next to nothing. @throws RATE_LIMITED */
  readonly countUntraceable?: (ctx: RequestContext) => void;
  readonly limits?: Limits;
}): ApolloServerPlugin<RequestContext> {
  const measures = new WeakMap<OperationDefinitionNode, Measure>();
  return {
    requestDidStart: () =>
      Promise.resolve({
        didResolveOperation({ schema, document, operation, request, contextValue }) {
          // A rejected promise instead of a throw, because Apollo awaits it.
          return Promise.resolve().then(async () => {
            // Absent if no operation has the given name; Apollo reports that when it executes.
            if (!operation) return;
            assertRightTransport(schema, operation, contextValue);
            // Apollo keeps parsed documents, so an operation sent often is measured once.
            const measure = measures.get(operation) ?? measureOperation(schema, document, operation);
            measures.set(operation, measure);
            if (measure.introspects) await contextValue.verifyViewer();
            if (measure.introspects && !mayIntrospect(contextValue)) {
              throw contextValue.viewer
                ? notPermitted('Introspection needs an API token with the scope SCHEMA_READ.')
                : unauthenticated(
                    'Introspection needs a sign-in, or an API token with the scope SCHEMA_READ.',
                  );
            }
            if (contextValue.bodyBytes > limits.bytes && !takesLargeInput(schema, operation)) {
              throw tooLarge(limits.bytes);
            }
            const variables = request.variables ?? {};
            checkLimits(measure, variables, limits);
            if (isUntraceable(schema, operation) && contextValue.viewer !== null) {
              publishUntraceable();
              countUntraceable?.(contextValue);
              return;
            }
            // An operation that returns no object is a request all the same.
            const reservation = await reserve?.(contextValue, Math.max(1, measure.cost(variables)));
            if (reservation) {
              contextValue.completeResult = async (result) => {
                const cost = await reservation.settle(costOf(result, measure));
                result.extensions = { ...result.extensions, cost };
              };
            }
          });
        },
      }),
  };
}

/** Subscriptions are accepted over a WebSocket only, and nothing else is. */
function assertRightTransport(
  schema: GraphQLSchema,
  { operation }: OperationDefinitionNode,
  { subscription }: RequestContext,
): void {
  const refuse = (message: string): never => {
    throw new GraphQLError(message, { extensions: { code: 'OPERATION_RESOLUTION_FAILURE' } });
  };
  if (!schema.getRootType(operation)) refuse(`There are no operations of the kind ${operation} here.`);
  if ((operation === OperationTypeNode.SUBSCRIPTION) === (subscription !== undefined)) return;
  if (subscription)
    refuse('Only subscriptions are accepted over a WebSocket: send this operation with POST.');
  refuse('Subscriptions are accepted over a WebSocket only, with the protocol graphql-transport-ws.');
}

/** Undefined if the cost is unknown: an operation that failed completely can have done all of its work. */
function costOf(result: FormattedExecutionResult, measure: Measure): number | undefined {
  // Without data it was never executed.
  if (!('data' in result)) return 1;
  return result.data ? measure.actualCost(result.data) : undefined;
}
