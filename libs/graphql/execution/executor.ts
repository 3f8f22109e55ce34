import {
  HeaderMap,
  type ApolloServerOptionsWithGateway,
  type ApolloServerPlugin,
  type BaseContext,
} from '@apollo/server';
import {
  BREAK,
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
import type { RequestContext } from '../request-context.js';

/** An operation is compiled when it is executed this often: most clients send few operations, each very often. */
const WORTH_COMPILING = 3;

interface Known {
  executions: number;
  /** Null: cannot be compiled, or not yet. */
  compiled: CompiledQuery | null;
  readonly predictor: PrefetchPredictor;
}

interface Execution {
  readonly document: DocumentNode;
  /** Undefined where the name given fits none, or none is given and there are several; Apollo's types do not say so. */
  readonly operation: OperationDefinitionNode | undefined;
  readonly operationName: string | null;
  readonly variables: Readonly<Record<string, unknown>> | undefined;
  readonly context: RequestContext;
}

type Gateway = ApolloServerOptionsWithGateway<BaseContext>['gateway'];

/**
 * Executes operations: one that comes often as a function that was compiled from it (graphql-jit), which walks no document and
 * looks up no type. Every resolver is called as ever, so what they decide holds.
 *
 * A query may begin as whom its token belonged to the last time; before its answer leaves that is made sure of, and if it was
 * somebody else, or is nobody any more, the query is executed anew ({@link RequestContext.verifyViewer}). What a compiled query is known to
 * read is asked at its beginning ({@link PrefetchPredictor}).
 *
 * What has conditions (@skip, @include) or asks for the schema is executed by graphql-js, and so is what a compiled function
 * refuses before it begins (variables of a wrong type): its words are the ones that the rest of the frame knows.
 */
class Executor {
  /** Apollo keeps parsed documents, so an operation sent often is one object. */
  private readonly known = new WeakMap<OperationDefinitionNode, Known>();

  constructor(
    private readonly schema: GraphQLSchema,
    private readonly compiles: boolean,
  ) {}

  /** @throws when it cannot be found out who asks */
  async execute(execution: Execution): Promise<ExecutionResult> {
    const { context } = execution;
    if (!isQuery(execution)) await context.verifyViewer();
    const result = await this.run(execution);
    return (await context.verifyViewer()) ? result : this.run(execution);
  }

  private async run(execution: Execution): Promise<ExecutionResult> {
    const known = this.compiles ? this.compiled(execution) : null;
    if (known?.compiled) {
      const { compiled, predictor } = known;
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

  private compiled({ document, operation, operationName }: Execution): Known | null {
    if (operation === undefined) return null;
    const known = this.known.get(operation) ?? {
      executions: 0,
      compiled: null,
      predictor: new PrefetchPredictor(),
    };
    this.known.set(operation, known);
    known.executions += 1;
    if (known.executions === WORTH_COMPILING && isCompilable(this.schema, document, operation)) {
      const compiled = compileQuery(this.schema, document, operationName ?? undefined, {
        disablingCapturingStackErrors: true,
      });
      if (isCompiledQuery(compiled)) known.compiled = compiled;
    }
    return known;
  }
}

/**
 * Has Apollo execute operations in this way, whatever it does before and after staying as it is.
 *
 * There are two doors in Apollo for that. The plugin's is the one that an answer without errors takes. One with errors goes on to
 * the gateway's, behind which Apollo puts errors into the form of an answer; what Apollo makes for a gateway (an object with
 * accessors of its own) would have V8 keep every request until the next full garbage collection: a sixth of the service's time.
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
            if (!failedExecution) throw new Error('An operation was to be answered that was not executed.');
            return failedExecution;
          },
        }),
      onSchemaLoadOrUpdate: (tell) => {
        tell({ apiSchema: schema, coreSupergraphSdl: '' });
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

/** The error as graphql-js would have made it, for whoever reads it after. */
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

/** Where a line begins, counted from 1. */
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
