import DataLoader from 'dataloader';
import { defaultFieldResolver, type GraphQLSchema } from 'graphql';
import { canonicalJson } from '#common';
import type { Page, PageArguments } from './pagination/connection.js';
import { Page as EmptyPage } from './pagination/connection.js';
import { RequestContext } from './request-context.js';

/** The most keys that one batch (one SQL statement) takes. */
const LARGEST_BATCH = 500;

/** Rows by key; what is missing is null. */
export type Loader<K, V> = DataLoader<K, V | null>;

/** Reads many rows at once: in the order of `keys`, or as a map. What the viewer may not see is left out. */
export type BatchFunction<K, V> = (
  ctx: RequestContext,
  keys: readonly K[],
) => Promise<readonly (V | null | undefined)[] | ReadonlyMap<K, V>>;

/** Reads one page for each of many parents, all with the same arguments. A parent left out has an empty page. */
export type PageBatch<Row, Args extends PageArguments> = (
  ctx: RequestContext,
  parentIds: readonly string[],
  args: Args,
) => Promise<ReadonlyMap<string, Page<Row>>>;

/**
 * A DataLoader made once an operation.
 *
 * What runs before `.load()` must be synchronous: an `await` in one of twenty sibling resolvers splits their batch.
 *
 * ```ts
 * export const personById = createLoader((ctx, ids) => people.findByIds(ctx, ids));
 * // in a field resolver:
 * return personById(ctx).load(goal.ownerId);
 * ```
 */
export function createLoader<K, V>(batch: BatchFunction<K, V>): (ctx: RequestContext) => Loader<K, V> {
  const key = {};
  return (ctx) =>
    ctx.getOrCreate(key, () => {
      const loader = new DataLoader<K, V | null>(
        async (keys) => {
          const found = await batch(ctx, keys);
          if (found instanceof Map) return keys.map((one) => (found as ReadonlyMap<K, V>).get(one) ?? null);
          return Array.from(found as readonly (V | null | undefined)[], (row) => row ?? null);
        },
        { maxBatchSize: LARGEST_BATCH },
      );
      ctx.addCache(loader);
      return loader;
    });
}

/**
 * Pages by parent: one DataLoader for each distinct set of arguments in an operation, so that
 * `goals(first: 3)` of twenty people is one statement and `goals(first: 5)` beside it another.
 */
export function createPageLoader<Row, Args extends PageArguments = PageArguments>(
  batch: PageBatch<Row, Args>,
): (ctx: RequestContext, args: Args) => DataLoader<string, Page<Row>> {
  const key = {};
  return (ctx, args) => {
    const byArguments = ctx.getOrCreate(key, () => {
      const loaders = new Map<string, DataLoader<string, Page<Row>>>();
      ctx.addCache({
        clearAll: () => {
          loaders.clear();
        },
      });
      return loaders;
    });
    const name = canonicalJson(Object.fromEntries(Object.entries(args).filter(([, value]) => value != null)));
    const known = byArguments.get(name);
    if (known) return known;
    const made = new DataLoader<string, Page<Row>>(
      async (parentIds) => {
        const pages = await batch(ctx, parentIds, args);
        return parentIds.map((id) => pages.get(id) ?? EmptyPage.empty<Row>());
      },
      { maxBatchSize: LARGEST_BATCH },
    );
    byArguments.set(name, made);
    return made;
  };
}

/**
 * Has each mutation field forget all loaded rows when its resolver has settled.
 *
 * Mutation fields run one after the other, each followed by its selection. What one wrote makes rows loaded before it
 * stale, for its own payload and for the next field's. Which rows those are only the database knows (a policy may
 * hide or show others by what was written), so all are forgotten: a mutation has few loaded rows, and one more read
 * costs less than an answer that contradicts what was just written. The resolvers of the Mutation type alone are
 * wrapped; an Apollo plugin (`willResolveField`) would have wrapped every field of the schema.
 */
export function forgetAfterMutations(schema: GraphQLSchema): GraphQLSchema {
  for (const field of Object.values(schema.getMutationType()?.getFields() ?? {})) {
    const resolve = field.resolve ?? defaultFieldResolver;
    field.resolve = async (source, args, ctx: unknown, info) => {
      try {
        return await resolve(source, args as Record<string, unknown>, ctx, info);
      } finally {
        if (ctx instanceof RequestContext) ctx.clearLoaders();
      }
    };
  }
  return schema;
}
