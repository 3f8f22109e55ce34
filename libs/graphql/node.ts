import { Injectable } from '@nestjs/common';
import { Args, Context, Field, ID, InterfaceType, Query, Resolver } from '@nestjs/graphql';
import { Database, join, rows, sql, type Sql } from '#db';
import { AllowFormerEmployees, ForTokens, TOKEN_SCOPES } from '#identity';
import { badInput } from './errors/errors.js';
import { createLoader, type Loader } from './loaders.js';
import { RequestContext } from './request-context.js';
import { isId } from './validation.js';

/** The maximum number of ids of `nodes`. */
const MOST_NODES = 100;

/** An object with a globally unique id. */
@InterfaceType('Node', {
  description: 'An object with a globally unique ID, by which `node` returns it.',
  resolveType: (value: { __typename?: string }) => value.__typename,
})
export abstract class NodeModel {
  @Field(() => ID, { description: 'A globally unique, opaque identifier that never changes.' })
  id!: string;
}

/** How one type is found by its id. */
export interface NodeSource {
  /** The GraphQL type's name. */
  readonly typename: string;
  /** A table, or a subquery in parentheses, with a column "id"; read under the viewer's policies. */
  readonly table: Sql;
  readonly load: (ctx: RequestContext) => Loader<string, object>;
}

/** The types that `node(id)` can find. Each domain's module registers its types at start. */
@Injectable()
export class NodeRegistry {
  private readonly sources = new Map<string, NodeSource>();
  private readonly parts = new Map<string, NodeSource['load']>();
  private readonly typenames: (ctx: RequestContext) => Loader<string, string>;

  constructor(database: Database) {
    this.typenames = createLoader<string, string>((viewer, ids) =>
      database.read(viewer, async (em) => {
        const found = await rows<{ id: string; typename: string }>(em, this.whichHold(ids));
        return new Map(found.map(({ id, typename }) => [id, typename]));
      }),
    );
  }

  /** @throws Error when the type is registered already */
  register(...sources: readonly NodeSource[]): void {
    for (const source of sources) {
      if (this.sources.has(source.typename))
        throw new Error(`The node type ${source.typename} is registered twice.`);
      this.sources.set(source.typename, source);
    }
  }

  /**
   * Registers types that are not nodes but appear in payloads, so that a retried mutation can return them.
   *
   * @throws Error when the type is registered already
   */
  registerParts(...parts: readonly Omit<NodeSource, 'table'>[]): void {
    for (const { typename, load } of parts) {
      if (this.parts.has(typename)) throw new Error(`The type ${typename} is registered twice.`);
      this.parts.set(typename, load);
    }
  }

  /** The row of this type with this id; null if the viewer cannot see it. @throws Error for a type that is not registered */
  async read(ctx: RequestContext, typename: string, id: string): Promise<object | null> {
    const load = this.sources.get(typename)?.load ?? this.parts.get(typename);
    if (!load) throw new Error(`Nobody has registered how a ${typename} is read by its id.`);
    const row = await load(ctx).load(id.toLowerCase());
    return row && named(row, typename);
  }

  /** The row with this id, of any type, with its `__typename`; null if the viewer cannot see it. */
  async find(ctx: RequestContext, id: string): Promise<object | null> {
    if (!isId(id) || this.sources.size === 0) return null;
    const typename = await this.typenames(ctx).load(id.toLowerCase());
    const source = typename === null ? undefined : this.sources.get(typename);
    const row = await source?.load(ctx).load(id.toLowerCase());
    if (!row) return null;
    return named(row, typename ?? '');
  }

  /** Finds the types of ids with one statement over all tables. */
  private whichHold(ids: readonly string[]): Sql {
    const each = Array.from(
      this.sources.values(),
      ({ table, typename }) =>
        sql`select found.id, ${typename}::text as typename from ${table} as found where found.id = any(${ids}::uuid[])`,
    );
    return join(each, sql` union all `);
  }
}

/** A copy with its type: the loader's row is shared, and can have a different type elsewhere in the response. */
function named(row: object, typename: string): object {
  return Object.assign(Object.create(Object.getPrototypeOf(row) as object | null) as object, row, {
    __typename: typename,
  });
}

/** The name of its type that a row, or a member of a union, carries. */
export function readTypename(value: object): string | undefined {
  return '__typename' in value && typeof value.__typename === 'string' ? value.__typename : undefined;
}

/** `node` and `nodes`. */
@Resolver()
export class NodeResolver {
  constructor(private readonly registry: NodeRegistry) {}

  @ForTokens(...TOKEN_SCOPES)
  @AllowFormerEmployees()
  @Query(() => NodeModel, {
    nullable: true,
    description: 'An object by its ID. Null if there is no such object, or the viewer cannot see it.',
  })
  node(
    @Context() ctx: RequestContext,
    @Args('id', { type: () => ID, description: 'The ID of the object, as returned by the API.' }) id: string,
  ): Promise<object | null> {
    return this.registry.find(ctx, id);
  }

  @ForTokens(...TOKEN_SCOPES)
  @AllowFormerEmployees()
  @Query(() => [NodeModel], {
    nullable: 'items',
    description:
      'Objects by their IDs, up to 100, in the order of the IDs. Null for each one that does not exist or that the viewer cannot see.',
  })
  nodes(
    @Context() ctx: RequestContext,
    @Args('ids', { type: () => [ID], description: 'The IDs of the objects, as returned by the API.' })
    ids: string[],
  ): Promise<(object | null)[]> {
    if (ids.length > MOST_NODES)
      throw badInput('ids', `can be at most ${String(MOST_NODES)} in one request.`, 'TOO_MANY');
    return Promise.all(ids.map((id) => this.registry.find(ctx, id)));
  }
}
