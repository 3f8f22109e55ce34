import {
  HeaderMap,
  type ApolloServerOptionsWithGateway,
  type ApolloServerPlugin,
  type BaseContext,
} from '@apollo/server';
import {
  BREAK,
  createSourceEventStream,
  execute,
  getNamedType,
  GraphQLError,
  isInputObjectType,
  OperationTypeNode,
  typeFromAST,
  visit,
  type DocumentNode,
  type ExecutionResult,
  type GraphQLSchema,
  type GraphQLType,
  type NamedTypeNode,
  type OperationDefinitionNode,
} from 'graphql';
import { compileQuery, isCompiledQuery, type CompiledQuery } from 'graphql-jit';
import { PrefetchPredictor } from './prefetch-predictor.js';
import type { RequestContext, SubscriptionExecution } from '../request-context.js';
import type { EventSource } from '../subscriptions/subscription-event.js';
import { isUntraceable } from '../untraceable.js';

/** At which execution an operation is compiled. Most clients send few operations, each very often. */
const COMPILE_AT = 3;

/** What is kept of an operation between executions. */
interface OperationState {
  executions: number;
  /** Null: not compiled yet, or cannot be compiled. */
  compiled: CompiledQuery | null;
  readonly predictor: PrefetchPredictor;
}

interface Execution {
  readonly document: DocumentNode;
  /** Undefined if operationName matches none, or is missing and there are several; Apollo's types omit this. */
  readonly operation: OperationDefinitionNode | undefined;
  readonly operationName: string | null;
  readonly variables: Readonly<Record<string, unknown>> | undefined;
  readonly context: RequestContext;
}

type Gateway = ApolloServerOptionsWithGateway<BaseContext>['gateway'];

/**
 * Executes operations. Frequent ones are compiled to a function with graphql-jit, which calls the same resolvers.
 *
 * A query with a cached viewer starts at once. Before its response is sent the viewer is verified, and if it has changed, the query runs
 * again ({@link RequestContext.verifyViewer}). Statements that a compiled query is known to need are sent at its beginning
 * ({@link PrefetchPredictor}).
 *
 * graphql-js executes operations with directives and introspection, and those that a compiled function rejects before it starts
 * (variables of a wrong type), because error handling relies on graphql-js's messages.
 */
class Executor {
  /** By the parsed operation: Apollo caches parsed documents. */
  private readonly states = new WeakMap<OperationDefinitionNode, OperationState>();

  constructor(
    private readonly schema: GraphQLSchema,
    private readonly compiles: boolean,
  ) {}

  /** @throws if the viewer cannot be verified, or the use of their session not recorded */
  async execute(execution: Execution): Promise<ExecutionResult> {
    const { context } = execution;
    if (context.subscription) return this.executeEvent(execution, context.subscription);
    if (!isQuery(execution)) {
      await context.verifyViewer();
      if (!isUntraceable(this.schema, execution.operation)) await context.recordUse?.();
      return this.run(execution);
    }
    const result = await this.run(execution);
    const isVerified = await context.verifyViewer();
    await context.recordUse?.();
    return isVerified ? result : this.run(execution);
  }

  /** Executes a subscription for one event, whose viewer is verified: for its first one after starting it. */
  private async executeEvent(
    { document, operationName, variables: variableValues, context: contextValue }: Execution,
    subscription: SubscriptionExecution,
  ): Promise<ExecutionResult> {
    const args = { schema: this.schema, document, operationName, variableValues, contextValue };
    if (subscription.root) return execute({ ...args, rootValue: subscription.root });
    await contextValue.verifyViewer();
    await contextValue.recordUse?.();
    const started = await createSourceEventStream(args);
    if (!(Symbol.asyncIterator in started)) return started;
    const source = started as EventSource;
    subscription.source = source;
    const { value: first } = await source.next();
    const rootValue = await first?.read(contextValue);
    return execute({ ...args, rootValue });
  }

  private async run(execution: Execution): Promise<ExecutionResult> {
    const state = this.compiles ? this.stateOf(execution) : null;
    if (state?.compiled) {
      const { compiled, predictor } = state;
      const { context, variables = {} } = execution;
      const end = isQuery(execution) ? predictor.begin(context, variables) : undefined;
      const { data, errors } = await compiled.query(undefined, context, variables);
      end?.();
      if (data !== undefined) {
        return errors
          ? { data, errors: errors.map((error) => asThrown(error, execution.document)) }
          : { data };
      }
    }
    return execute({
      schema: this.schema,
      document: execution.document,
      operationName: execution.operationName,
      variableValues: execution.variables,
      contextValue: execution.context,
    });
  }

  /** The operation's state, after compiling it if it is due. */
  private stateOf({ document, operation, operationName }: Execution): OperationState | null {
    if (operation === undefined) return null;
    const state = this.states.get(operation) ?? {
      executions: 0,
      compiled: null,
      predictor: new PrefetchPredictor(),
    };
    this.states.set(operation, state);
    state.executions += 1;
    if (state.executions === COMPILE_AT && isCompilable(this.schema, document, operation)) {
      const compiled = compileQuery(this.schema, document, operationName ?? undefined, {
        disablingCapturingStackErrors: true,
      });
      if (isCompiledQuery(compiled)) state.compiled = compiled;
    }
    return state;
  }
}

/**
 * Makes Apollo use this executor, through its two extension points. A result without errors is returned by the plugin. One with errors
 * goes to the gateway, whose errors Apollo formats. Everything could go to the gateway, but the object that Apollo creates for it
 * keeps each request in memory until the next major garbage collection, which took a sixth of the service's time.
 */
export function execution(
  schema: GraphQLSchema,
  compiles: boolean,
): { readonly plugin: ApolloServerPlugin<RequestContext>; readonly gateway: Gateway } {
  const executor = new Executor(schema, compiles);
  return {
    plugin: {
      requestDidStart: () =>
        Promise.resolve({
          async responseForOperation({ document, operation, operationName, request, contextValue }) {
            const result = executor.execute({
              document,
              operation,
              operationName: operationName ?? request.operationName ?? null,
              variables: request.variables,
              context: contextValue,
            });
            const { data, errors } = await result.catch((): Partial<ExecutionResult> => ({}));
            if (data !== undefined && errors === undefined) {
              return {
                http: { headers: new HeaderMap() },
                body: { kind: 'single', singleResult: { data } },
              };
            }
            contextValue.failedExecution = result;
            return null;
          },
        }),
    },
    gateway: {
      load: () =>
        Promise.resolve({
          executor: ({ context }) => {
            const { failedExecution } = context as RequestContext;
            if (!failedExecution)
              throw new Error('The gateway was called for an operation that the plugin did not execute.');
            return failedExecution;
          },
        }),
      onSchemaLoadOrUpdate: (callback) => {
        callback({ apiSchema: schema, coreSupergraphSdl: '' });
        return () => undefined;
      },
      stop: () => Promise.resolve(),
    },
  };
}

function isQuery({ operation }: Execution): boolean {
  return operation?.operation === OperationTypeNode.QUERY;
}

/** What graphql-jit executes as graphql-js does: no conditions, no introspection, no `@oneOf` input, which it would not check. */
function isCompilable(
  schema: GraphQLSchema,
  document: DocumentNode,
  { variableDefinitions = [] }: OperationDefinitionNode,
): boolean {
  if (variableDefinitions.some(({ type }) => containsOneOf(typeFromAST(schema, type as NamedTypeNode))))
    return false;
  let compilable = true;
  visit(document, {
    Directive: () => {
      compilable = false;
      return BREAK;
    },
    Field: ({ name: { value } }) => {
      if (!value.startsWith('__') || value === '__typename') return undefined;
      compilable = false;
      return BREAK;
    },
  });
  return compilable;
}

function containsOneOf(type: GraphQLType | undefined, seen = new Set<GraphQLType>()): boolean {
  const named = getNamedType(type);
  if (!isInputObjectType(named) || seen.has(named)) return false;
  seen.add(named);
  return named.isOneOf || Object.values(named.getFields()).some((field) => containsOneOf(field.type, seen));
}

/** The error as graphql-js would have created it. */
function asThrown(error: GraphQLError, { loc }: DocumentNode): GraphQLError {
  const { message, originalError, path, locations } = error;
  return new GraphQLError(message, {
    originalError,
    path,
    ...(loc && {
      source: loc.source,
      positions: locations?.map(({ line, column }) => offsetOf(loc.source.body, line) + column - 1),
    }),
  });
}

/** The offset at which a line begins. @param line counted from 1 */
function offsetOf(text: string, line: number): number {
  const breaks = text.matchAll(/\r\n|[\n\r]/g);
  let offset = 0;
  for (let left = line - 1; left > 0; left -= 1) {
    const { value } = breaks.next();
    if (value === undefined) break;
    offset = value.index + value[0].length;
  }
  return offset;
}
