import type { DynamicModule } from '@nestjs/common';
import { CostBudget, DailyLimit, SessionTokens } from '#auth';
import { Authenticator, GraphqlModule, LIMITS, RequestContext } from '#graphql';
import type { Viewer } from '#identity';
import type { Settings } from '#settings';
import { readTrustedOperations } from './trusted-operations.js';

const LONGEST_USER_AGENT = 300;
/** The part of the database connections that executions of subscriptions use at most. */
const PART_FOR_SUBSCRIPTIONS = 1 / 2;

/** The GraphQL endpoint: authentication, and access to introspection. */
export function graphql(settings: Settings): DynamicModule {
  const fast = settings.execution === 'fast';
  const trusted = readTrustedOperations(settings.trustedOperations);
  return GraphqlModule.forRootAsync({
    inject: [Authenticator, SessionTokens, CostBudget, DailyLimit],
    useFactory: (
      authenticator: Authenticator,
      tokens: SessionTokens,
      budget: CostBudget,
      daily: DailyLimit,
    ) => ({
      compiles: fast,
      intake: {
        anybodysBytes: anybodysBytes(settings),
        bytesOf: async (request) => bytesFor(await authenticator.authenticate(tokens.of(request)), settings),
        bytesInFlight: Math.max(settings.bodiesInFlightBytes, settings.bodyLimitBytes),
        operations: settings.databasePoolSize + settings.databaseQueueSize,
      },
      operation: async (request) => {
        const token = tokens.of(request);
        const sessionCookie = tokens.cookieOf(request);
        const known = fast ? authenticator.getCachedIdentity(token) : undefined;
        return new RequestContext({
          viewer: known ? known.viewer : await authenticator.authenticate(token),
          verifiedViewer: known?.verifiedViewer,
          prefetchCache: known?.prefetchCache,
          recordUse: () => authenticator.recordUse(token),
          requestId: request.id,
          clientAddress: request.ip,
          userAgent: request.headers['user-agent']?.slice(0, LONGEST_USER_AGENT) ?? '',
          idempotencyKey: request.headers['idempotency-key']?.toString(),
          sessionCookie,
          isFromPage: sessionCookie !== undefined,
        });
      },
      subscriptions: {
        tokenOf: (headers) => tokens.ofUpgrade({ headers }),
        contextOf: async ({ token, requestId, clientAddress, userAgent, isFromPage }) => {
          const known = fast ? authenticator.getCachedIdentity(token) : undefined;
          return new RequestContext({
            viewer: known ? known.viewer : await authenticator.authenticate(token),
            verifiedViewer: known?.verifiedViewer,
            recordUse: () => authenticator.recordUse(token),
            requestId,
            clientAddress,
            userAgent: userAgent.slice(0, LONGEST_USER_AGENT),
            isFromPage,
          });
        },
        findEndedSessions: (hashes) => authenticator.findEnded(hashes),
        origins: settings.corsOrigins,
        messageBytes: anybodysBytes(settings),
        concurrency: Math.max(1, Math.floor(settings.databasePoolSize * PART_FOR_SUBSCRIPTIONS)),
        stallMs: settings.requestTimeoutMs,
      },
      reserveCost: (ctx, possible) => budget.reserve(ctx, possible),
      countUntraceable: (ctx) => {
        daily.count(ctx);
      },
      ...(trusted.size > 0 && { isTrusted: (text: string) => trusted.has(text) }),
      // Introspection requires an API token in production, and any session in development.
      mayIntrospect: ({ viewer }) =>
        viewer !== null && (viewer.scopes.includes('SCHEMA_READ') || settings.nodeEnv !== 'production'),
    }),
  });
}

function anybodysBytes({ bodyLimitAnonymousBytes, bodyLimitBytes }: Settings): number {
  return Math.min(bodyLimitAnonymousBytes, bodyLimitBytes);
}

/** The maximum body size: for callers who may import, other callers, and anonymous ones. */
function bytesFor(viewer: Viewer | null, settings: Settings): number {
  if (viewer === null) return anybodysBytes(settings);
  const imports = viewer.roles.includes('PEOPLE_ADMIN') || viewer.scopes.includes('DIRECTORY_WRITE');
  return imports ? settings.bodyLimitBytes : Math.min(LIMITS.bytes, settings.bodyLimitBytes);
}
