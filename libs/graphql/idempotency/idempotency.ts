import { createHash } from 'node:crypto';
import type { ApolloServerPlugin } from '@apollo/server';
import { Extensions } from '@nestjs/graphql';
import { defaultFieldResolver, OperationTypeNode, type GraphQLSchema } from 'graphql';
import { canonicalJson } from '#common';
import { DatabaseMisuse, row, sql, sqlState, type RunIdempotently } from '#db';
import { badInput, idempotencyKeyInUse, idempotencyKeyReused } from '../errors/errors.js';
import type { NodeRegistry } from '../node.js';
import { RequestContext, type IdempotentRequest } from '../request-context.js';
import { PayloadReader } from './payload-reader.js';
import { fromStoredResult, toStoredResult } from './stored-result.js';

/*
 * Idempotency-Key: a mutation that is sent again has no second effect (docs/decisions/0040-idempotency-keys.md).
 *
 * `ctx.runIdempotently` brings the key to the `db.write` of the mutation, which claims it in its own transaction and stores its result
 * without text: IDs, types and booleans. When the mutation is repeated, its resolver runs again and its write is skipped; the IDs in
 * the payload are then read again, under the viewer's policies.
 */

const HEADER = 'Idempotency-Key';

/** SQLSTATEs of a key that a concurrent transaction has locked. */
const KEY_LOCKED = ['55P03', '57014'];

const VISIBLE_ASCII = /^[\x21-\x7e]{1,200}$/;

const NO_KEY = 'takesNoIdempotencyKey';

/** Declares that a mutation rejects an Idempotency-Key. @param reason shown to clients that send one */
export function NoIdempotencyKey(reason: string): MethodDecorator {
  return Extensions({ [NO_KEY]: reason });
}

/** Sets `ctx.idempotency` for a mutation with a key. @throws BAD_USER_INPUT for a malformed key */
export function idempotencyPlugin(): ApolloServerPlugin<RequestContext> {
  return {
    requestDidStart: () =>
      Promise.resolve({
        didResolveOperation({ operation, request, contextValue }) {
          // Apollo expects a rejected promise, not a synchronous error.
          return Promise.resolve().then(() => {
            const { idempotencyKey: key } = contextValue;
            if (key === undefined || operation?.operation !== OperationTypeNode.MUTATION) return;
            if (!VISIBLE_ASCII.test(key)) {
              throw badInput(HEADER, 'must be 1 to 200 visible ASCII characters.');
            }
            const { query, variables, operationName } = request;
            const bodyHash = createHash('sha256')
              .update(canonicalJson([query ?? '', variables ?? {}, operationName ?? null]))
              .digest();
            contextValue.idempotency = { key, bodyHash };
          });
        },
      }),
  };
}

/**
 * Makes each Mutation field run once per key. The fields of one operation are stored separately, by their names in the response:
 * fields that succeeded are skipped when the operation is repeated, and fields that failed run again.
 */
export function makeMutationsIdempotent(schema: GraphQLSchema, nodes: NodeRegistry): GraphQLSchema {
  for (const field of Object.values(schema.getMutationType()?.getFields() ?? {})) {
    const resolve = field.resolve ?? defaultFieldResolver;
    const noKeyReason = field.extensions[NO_KEY];
    field.resolve = async (source, args, ctx: unknown, info) => {
      const run = (): unknown => resolve(source, args as Record<string, unknown>, ctx, info);
      if (!(ctx instanceof RequestContext) || ctx.idempotency === undefined) return run();
      if (typeof noKeyReason === 'string')
        throw badInput(HEADER, `is not accepted by ${field.name}: ${noKeyReason}`, 'NOT_ALLOWED');
      // Keys belong to a viewer. The guard rejects this request, because public mutations accept no key.
      if (ctx.viewer === null) return run();
      const claim = new KeyClaim(ctx.idempotency, String(info.path.key));
      ctx.runIdempotently = claim.run;
      ctx.clearLoaders();
      try {
        const payload = await run();
        return claim.wasRepeated
          ? await new PayloadReader(ctx, nodes, schema).read(payload, field.type)
          : payload;
      } finally {
        claim.end();
        ctx.runIdempotently = undefined;
        ctx.clearLoaders();
      }
    };
  }
  return schema;
}

/** The use of a key by one field of one operation, while the field's resolver runs. */
class KeyClaim {
  /** Whether the mutation ran before, so that its payload has to be read again. */
  wasRepeated = false;
  private state: 'open' | 'used' | 'ended' = 'open';

  constructor(
    private readonly request: IdempotentRequest,
    private readonly field: string,
  ) {}

  readonly run: RunIdempotently = async (em, work) => {
    // Writes after the resolver, such as the access log's, are not part of the mutation.
    if (this.state === 'ended') return work();
    if (this.state === 'used') {
      throw new DatabaseMisuse('A mutation with an Idempotency-Key must write in one transaction.');
    }
    const { key, bodyHash } = this.request;
    const claimed = await row<{ outcome: 'NEW' | 'DONE' | 'REUSED'; result: unknown }>(
      em,
      sql`select outcome, result from app.claim_idempotency_key(${key}, ${this.field}, ${bodyHash})`,
    ).catch((error: unknown) => {
      if (!KEY_LOCKED.includes(sqlState(error) ?? '')) throw error;
      throw idempotencyKeyInUse();
    });
    if (claimed?.outcome === 'REUSED') throw idempotencyKeyReused();
    if (claimed?.outcome === 'DONE') {
      this.wasRepeated = true;
      this.state = 'used';
      return fromStoredResult(claimed.result) as Awaited<ReturnType<typeof work>>;
    }
    const result = await work();
    await row(
      em,
      sql`select app.store_idempotency_result(${key}, ${this.field}, ${JSON.stringify(toStoredResult(result))}::jsonb)`,
    );
    this.state = 'used';
    return result;
  };

  end(): void {
    this.state = 'ended';
  }
}
