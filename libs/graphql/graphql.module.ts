import { ApolloServerPluginCacheControlDisabled } from '@apollo/server/plugin/disabled';
import { Module, type DynamicModule, type InjectionToken, type ModuleMetadata } from '@nestjs/common';
import { APP_FILTER, APP_PIPE, ModulesContainer } from '@nestjs/core';
import { GraphQLModule, type BuildSchemaOptions } from '@nestjs/graphql';
import type { FastifyRequest } from 'fastify';
import { callFieldResolversDirectly } from './execution/direct-resolvers.js';
import { PostDriver, type PostDriverConfig } from './execution/post-driver.js';
import { correlationPlugin, formatError } from './errors/error-format.js';
import { ApiExceptionFilter } from './errors/exception.filter.js';
import { statusPlugin } from './errors/http-status.js';
import type { CostReservation } from './limits/cost.js';
import { LIMITS } from './limits/limits.js';
import { limitsPlugin } from './limits/limits.plugin.js';
import { trustedOperationsPlugin } from './limits/trusted-operations.plugin.js';
import { forgetAfterMutations } from './loaders.js';
import { withRootTypes } from './root-types.js';
import { finiteNumbersRule } from './numbers.js';
import { untraceableAloneRule } from './untraceable.js';
import { NodeRegistry, NodeResolver } from './node.js';
import { makeMutationsIdempotent, idempotencyPlugin } from './idempotency/idempotency.js';
import { beforeResponsePlugin } from './execution/before-response.plugin.js';
import type { RequestContext } from './request-context.js';
import { DEFAULT_INTAKE, type Intake } from './limits/request-body.js';
import { SCALARS } from './scalars.js';
import { SubscriptionServer, type SubscriptionOptions } from './subscriptions/subscription-server.js';
import { InputPipe } from './validation.js';

/** What the frame is not to decide. */
interface GraphqlOptions {
  /** Makes the operation of a request: who asks, its correlation id. */
  readonly operation: (request: FastifyRequest) => Promise<RequestContext>;
  /** Whether frequent operations are compiled. The default is true. */
  readonly compiles?: boolean;
  /** What is taken in at the same time, and from whom. */
  readonly intake?: Intake;
  /** Who connects for subscriptions, and from where. Without it, there are none. */
  readonly subscriptions?: SubscriptionOptions;
  /** Who may ask for the schema itself. */
  readonly mayIntrospect: (ctx: RequestContext) => boolean;
  /** Whether pages of browsers may send an operation with this text. Without it, they may send any. */
  readonly isTrusted?: (text: string) => boolean;
  /** Reserves the most that an operation can cost. @throws RATE_LIMITED beyond the caller's budget */
  readonly reserveCost?: (ctx: RequestContext, possible: number) => Promise<CostReservation | undefined>;
  /** Counts an untraceable operation instead. @throws RATE_LIMITED beyond what its viewer may do in a day */
  readonly countUntraceable?: (ctx: RequestContext) => void;
}

export interface GraphqlAsyncOptions extends Pick<ModuleMetadata, 'imports'> {
  readonly inject?: (InjectionToken | { token: InjectionToken; optional: boolean })[];
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- Nest gives what `inject` names, of any type
  readonly useFactory: (...injected: any[]) => GraphqlOptions;
}

/** How classes become a schema; also used to print schema.graphql. */
export const SCHEMA_OPTIONS: BuildSchemaOptions = {
  // A property of type number has to say Int or Float itself where it is not a Float.
  numberScalarMode: 'float',
  scalarsMap: SCALARS,
  noDuplicatedFields: true,
};

/** The GraphQL endpoint: POST /graphql, with the limits, errors and operation of this lib. */
@Module({})
export class GraphqlModule {
  static forRootAsync({ imports = [], inject = [], useFactory }: GraphqlAsyncOptions): DynamicModule {
    return {
      module: GraphqlModule,
      global: true,
      imports: [
        GraphQLModule.forRootAsync<PostDriverConfig>({
          driver: PostDriver,
          imports,
          inject: [ModulesContainer, NodeRegistry, SubscriptionServer, ...inject],
          useFactory: (
            modules: ModulesContainer,
            nodes: NodeRegistry,
            server: SubscriptionServer,
            ...injected: unknown[]
          ) => {
            callFieldResolversDirectly(modules);
            return configuration(useFactory(...injected), nodes, server);
          },
        }),
      ],
      providers: [
        NodeRegistry,
        NodeResolver,
        SubscriptionServer,
        { provide: APP_PIPE, useClass: InputPipe },
        { provide: APP_FILTER, useClass: ApiExceptionFilter },
      ],
      exports: [NodeRegistry, SubscriptionServer],
    };
  }
}

function configuration(
  {
    operation,
    compiles = true,
    intake = DEFAULT_INTAKE,
    isTrusted,
    mayIntrospect,
    reserveCost,
    countUntraceable,
    subscriptions,
  }: GraphqlOptions,
  nodes: NodeRegistry,
  server: SubscriptionServer,
): Omit<PostDriverConfig, 'driver'> {
  return {
    compiles,
    intake,
    ...(subscriptions && { webSockets: { server, options: subscriptions } }),
    path: '/graphql',
    // Built in memory; the file schema.graphql is written by a tool and compared in CI, never by a running server.
    autoSchemaFile: true,
    sortSchema: false,
    buildSchemaOptions: SCHEMA_OPTIONS,
    transformSchema: (schema) => forgetAfterMutations(makeMutationsIdempotent(withRootTypes(schema), nodes)),
    context: operation,

    // Only what asks before any field runs is guarded; a guard on each field would be a call a field.
    fieldResolverEnhancers: [],
    autoTransformHttpErrors: false,
    // The status is set by a plugin of ours (http-status.ts); Nest's would run after it.
    preserveHttpStatusForExecutionErrors: false,
    stopOnApplicationShutdown: true,
    stopOnTerminationSignals: false,

    graphiql: false,
    // Who may is decided for each operation, by the plugin.
    introspection: true,
    csrfPrevention: true,
    allowBatchedHttpRequests: false,
    persistedQueries: false,
    hideSchemaDetailsFromClientErrors: true,
    includeStacktraceInErrorResponses: false,
    parseOptions: {
      maxSourceLength: LIMITS.characters,
      maxLexicalTokens: LIMITS.tokens,
      maxComments: LIMITS.comments,
    },
    validationRules: [finiteNumbersRule, untraceableAloneRule],
    validationOptions: { maxErrors: LIMITS.errors },
    formatError,
    plugins: [
      // Wraps every field when on, for a header that is never wanted here.
      ApolloServerPluginCacheControlDisabled(),
      correlationPlugin(),
      ...(isTrusted ? [trustedOperationsPlugin(isTrusted)] : []),
      limitsPlugin({
        mayIntrospect,
        ...(reserveCost && { reserve: reserveCost }),
        ...(countUntraceable && { countUntraceable }),
      }),
      idempotencyPlugin(),
      beforeResponsePlugin(),
      statusPlugin(),
    ],
  };
}
