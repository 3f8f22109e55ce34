import type { DynamicModule } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { CostBudget } from '#auth';
import { Authenticator, GraphqlModule, Operation } from '#graphql';
import type { Settings } from '#settings';

const LONGEST_USER_AGENT = 300;

/** The GraphQL endpoint of this application: who asks, and who may ask for the schema. */
export function graphql(settings: Settings): DynamicModule {
  const fast = settings.execution === 'fast';
  return GraphqlModule.forRootAsync({
    inject: [Authenticator, CostBudget],
    useFactory: (authenticator: Authenticator, budget: CostBudget) => ({
      compiles: fast,
      operation: async (request) => {
        const token = bearerToken(request);
        const known = fast ? authenticator.recognize(token) : undefined;
        return new Operation({
          viewer: known ? known.viewer : await authenticator.authenticate(token),
          confirmed: known?.confirmed,
          requestId: request.id,
          clientAddress: request.ip,
          userAgent: request.headers['user-agent']?.slice(0, LONGEST_USER_AGENT) ?? '',
          idempotencyKey: request.headers['idempotency-key']?.toString(),
        });
      },
      spend: (op, cost) => budget.spend(op, cost),
      // In production the schema is for tools, and a tool has a token; in development for whoever is signed in.
      mayIntrospect: ({ viewer }) =>
        viewer !== null && (viewer.scopes.includes('SCHEMA_READ') || settings.nodeEnv !== 'production'),
    }),
  });
}

/** The token of an `Authorization: Bearer` header (RFC 6750, section 2.1); null without one. */
function bearerToken({ headers }: FastifyRequest): string | null {
  return /^bearer +([\w.~+/-]+=*) *$/i.exec(headers.authorization ?? '')?.[1] ?? null;
}
