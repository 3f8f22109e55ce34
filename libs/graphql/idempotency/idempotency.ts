import { createHash } from 'node:crypto';
import type { ApolloServerPlugin } from '@apollo/server';
import { Extensions } from '@nestjs/graphql';
import {
  defaultFieldResolver,
  getNamedType,
  getNullableType,
  isListType,
  isNonNullType,
  isObjectType,
  OperationTypeNode,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
} from 'graphql';
import { DatabaseMisuse, row, sql, sqlState, type RunIdempotently } from '#db';
import { badInput, conflict, idempotencyKeyReused, notFound } from '../errors/errors.js';
import { readTypename, type NodeRegistry } from '../node.js';
import { RequestContext } from '../request-context.js';
import { isId } from '../validation.js';

/*
 * Idempotency-Key: a mutation that is sent again has no second effect (docs/decisions/0040-idempotency-keys.md).
 *
 * The key travels with the viewer to the one `db.write` of the mutation, and is claimed there, in the effect's own transaction.
 * What that write resolved to is remembered without anybody's words: ids, types, flags. When the same is asked again the
 * resolver runs again, its write is left out, and in the payload that comes of it each id is read anew under the law.
 */

/** The header, as it is written in messages. */
const IDEMPOTENCY_KEY = 'Idempotency-Key';

/** The row of the key could not be had in time: somebody else's transaction has it. */
const STILL_RUNNING = ['55P03', '57014'];

const VISIBLE_ASCII = /^[\x21-\x7e]{1,200}$/;

/** What an operation that may be sent again is known by. */
interface RepeatableOperation {
  readonly key: string;
  /** SHA-256 of what was sent: document, variables, name. */
  readonly body: Buffer;
}

const REPEATABLE = {};
const WITHOUT_KEY = 'takesNoIdempotencyKey';

/** A mutation that takes no Idempotency-Key; the reason is told to whoever sends one. */
export function NoIdempotencyKey(reason: string): MethodDecorator {
  return Extensions({ [WITHOUT_KEY]: reason });
}

/** Reads the key of a mutation. @throws BAD_USER_INPUT for one of another form */
export function idempotencyPlugin(): ApolloServerPlugin<RequestContext> {
  return {
    requestDidStart: () =>
      Promise.resolve({
        didResolveOperation({ operation, request, contextValue }) {
          // A rejected promise and not a throw: Apollo awaits it.
          return Promise.resolve().then(async () => {
            const { idempotencyKey: key } = contextValue;
            if (key === undefined || operation?.operation !== OperationTypeNode.MUTATION) return;
            // What is kept before is forgotten should somebody else ask than was thought.
            await contextValue.confirm();
            if (!VISIBLE_ASCII.test(key)) {
              throw badInput(IDEMPOTENCY_KEY, 'must be 1 to 200 visible characters of ASCII.');
            }
            const { query, variables, operationName } = request;
            const body = createHash('sha256')
              .update(canonical([query ?? '', variables ?? {}, operationName ?? null]))
              .digest();
            contextValue.keep<RepeatableOperation | null>(REPEATABLE, () => ({ key, body }));
          });
        },
      }),
  };
}

/** Equal values make equal text, in whatever order a client wrote the names in. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_name, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}

/**
 * Has each field of Mutation happen once for a key. An operation with several of them remembers each by the name that it has in
 * the answer: what was done is not done again, and what failed is tried again.
 */
export function makeMutationsIdempotent(schema: GraphQLSchema, nodes: NodeRegistry): GraphQLSchema {
  for (const field of Object.values(schema.getMutationType()?.getFields() ?? {})) {
    const resolve = field.resolve ?? defaultFieldResolver;
    const reason = field.extensions[WITHOUT_KEY];
    field.resolve = async (source, args, ctx: unknown, info) => {
      const run = (): unknown => resolve(source, args as Record<string, unknown>, ctx, info);
      const repeatable =
        ctx instanceof RequestContext ? ctx.keep<RepeatableOperation | null>(REPEATABLE, () => null) : null;
      if (!(ctx instanceof RequestContext) || repeatable === null) return run();
      if (typeof reason === 'string')
        throw badInput(IDEMPOTENCY_KEY, `is not for ${field.name}: ${reason}`, 'NOT_ALLOWED');
      // Nobody has keys: the guard refuses them, since what is public takes none.
      if (ctx.viewer === null) return run();
      const effect = new Effect(repeatable, String(info.path.key));
      ctx.setRunIdempotently(effect.runIdempotently);
      try {
        const payload = await run();
        return effect.replayed ? await readAnew(payload, field.type, { ctx, nodes, schema }) : payload;
      } finally {
        effect.close();
        ctx.setRunIdempotently(undefined);
      }
    };
  }
  return schema;
}

/** The effect of one field of one operation: goes with the viewer as long as the field's resolver runs. */
class Effect {
  /** Whether it had happened before, so that the payload is to be read anew. */
  replayed = false;
  private state: 'waiting' | 'happened' | 'over' = 'waiting';

  constructor(
    private readonly operation: RepeatableOperation,
    private readonly field: string,
  ) {}

  readonly runIdempotently: RunIdempotently = async (em, work) => {
    // The resolver is done; what else the operation writes (what it has shown) is no effect of the mutation.
    if (this.state === 'over') return work();
    if (this.state === 'happened') {
      throw new DatabaseMisuse('A mutation with an Idempotency-Key writes in one transaction.');
    }
    const { key, body } = this.operation;
    const begun = await row<{ outcome: 'NEW' | 'DONE' | 'REUSED'; result: unknown }>(
      em,
      sql`select outcome, result from app.claim_idempotency_key(${key}, ${this.field}, ${body})`,
    ).catch((error: unknown) => {
      if (!STILL_RUNNING.includes(sqlState(error) ?? '')) throw error;
      throw conflict(`What was sent with this ${IDEMPOTENCY_KEY} still runs. Send it again in a moment.`);
    });
    if (begun?.outcome === 'REUSED') throw idempotencyKeyReused();
    if (begun?.outcome === 'DONE') {
      this.replayed = true;
      this.state = 'happened';
      // As far as a resolver goes on with it: ids where they were, flags, and References instead of rows.
      return recalled(begun.result) as Awaited<ReturnType<typeof work>>;
    }
    const result = await work();
    await row(
      em,
      sql`select app.store_idempotency_result(${key}, ${this.field}, ${JSON.stringify(remembered(result))}::jsonb)`,
    );
    this.state = 'happened';
    return result;
  };

  close(): void {
    this.state = 'over';
  }
}

/** A row of which only this is remembered. */
class Reference {
  constructor(
    readonly id: string,
    readonly __typename?: string,
  ) {}
}

/** A word of our own code, as DONE; nobody's text, since it stands alone as the result of a write. */
const BARE_WORD = /^[A-Z_]{1,40}$/;

/**
 * What of a write's result is kept for a day: of a row its id and type, of anything around rows its names, ids and flags.
 * Texts, numbers and times are left out: they are read anew.
 */
export function remembered(result: unknown): unknown {
  return typeof result === 'string' && BARE_WORD.test(result) ? result : withoutWords(result);
}

function withoutWords(value: unknown): unknown {
  if (typeof value === 'boolean') return value;
  if (typeof value === 'string') return isId(value) ? value : null;
  if (Array.isArray(value)) return value.map(withoutWords);
  if (typeof value !== 'object' || value === null || value instanceof Date) return null;
  const typename = readTypename(value);
  const type = typename === undefined ? {} : { __typename: typename };
  if ('id' in value && isId(value.id)) return { id: value.id, ...type };
  return {
    ...Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, withoutWords(inner)])),
    ...type,
  };
}

function recalled(kept: unknown): unknown {
  if (Array.isArray(kept)) return kept.map(recalled);
  if (typeof kept !== 'object' || kept === null) return kept ?? undefined;
  if ('id' in kept && isId(kept.id)) return new Reference(kept.id, readTypename(kept));
  return Object.fromEntries(Object.entries(kept).map(([name, inner]) => [name, recalled(inner)]));
}

interface PayloadReader {
  readonly ctx: RequestContext;
  readonly nodes: NodeRegistry;
  readonly schema: GraphQLSchema;
}

/**
 * The payload with rows in the place of references, as the viewer may see them now.
 *
 * @throws NOT_FOUND where one that the payload cannot do without is gone, or gone out of sight
 */
async function readAnew(payload: unknown, type: GraphQLOutputType, reading: PayloadReader): Promise<unknown> {
  const model = typeof payload === 'object' && payload !== null ? modelOf(payload, type, reading) : undefined;
  if (!model) return payload;
  reading.ctx.clearLoaders();
  const fields = await Promise.all(
    Object.entries(payload as object).map(async ([name, value]: [string, unknown]) => {
      const field = model.getFields()[name];
      return [name, field ? await readField(value, field.type, reading) : value];
    }),
  );
  return Object.fromEntries(fields) as unknown;
}

function modelOf(
  payload: object,
  type: GraphQLOutputType,
  { schema }: PayloadReader,
): GraphQLObjectType | undefined {
  const named = getNamedType(type);
  if (isObjectType(named)) return named;
  const member = schema.getType(readTypename(payload) ?? '');
  return isObjectType(member) ? member : undefined;
}

async function readField(value: unknown, type: GraphQLOutputType, reading: PayloadReader): Promise<unknown> {
  const nullable = getNullableType(type);
  if (Array.isArray(value) && isListType(nullable)) {
    const inner = nullable.ofType;
    return Promise.all(value.map((one) => readField(one, inner, reading)));
  }
  if (!(value instanceof Reference)) return value;
  const named = getNamedType(type);
  const typename = isObjectType(named) ? named.name : value.__typename;
  if (typename === undefined)
    throw new Error(`The type of what a ${named.name} is to be read anew from is not known.`);
  const found = await reading.nodes.read(reading.ctx, typename, value.id);
  if (found === null && isNonNullType(type)) throw notFound();
  return found;
}
