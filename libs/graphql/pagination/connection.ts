import type { Type } from '@nestjs/common';
import { ArgsType, Field, Int, ObjectType, TypeMetadataStorage } from '@nestjs/graphql';
import { IsInt, IsOptional, Max, MaxLength, Min } from 'class-validator';

/** Rows of a page unless `first` says otherwise. */
export const DEFAULT_PAGE = 20;
/** The most rows of a page. */
export const LARGEST_PAGE = 100;
const LONGEST_CURSOR = 4_000;

/** Which page: what repositories and loaders take. A class with more arguments than these may extend {@link PageArgs}. */
export interface PageArguments {
  readonly first?: number | null;
  readonly after?: string | null;
}

/** `first` and `after` of every connection. */
@ArgsType()
export class PageArgs implements PageArguments {
  @Field(() => Int, {
    nullable: true,
    defaultValue: DEFAULT_PAGE,
    description: 'How many, 1 to 100.',
  })
  @IsOptional()
  @IsInt()
  @Min(1, { message: `must be at least 1.` })
  @Max(LARGEST_PAGE, { message: `must be at most ${String(LARGEST_PAGE)}.` })
  first?: number | null;

  @Field(() => String, {
    nullable: true,
    description: 'Begin after this cursor: the endCursor of the page before.',
  })
  @IsOptional()
  @MaxLength(LONGEST_CURSOR, { message: 'is not a cursor of this list.' })
  after?: string | null;
}

/** How many rows a page has at most. */
export function pageSize(page: PageArguments): number {
  return page.first ?? DEFAULT_PAGE;
}

/** Where a page lies in its list. */
@ObjectType({ description: 'Where a page lies in its list.' })
export class PageInfo {
  @Field({ description: 'Whether more follows after endCursor.' })
  hasNextPage!: boolean;

  @Field({ description: 'Whether this page was asked for with a cursor, and so does not begin the list.' })
  hasPreviousPage!: boolean;

  @Field(() => String, { nullable: true, description: 'The cursor of the first of this page.' })
  startCursor!: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'The cursor of the last of this page; `after` of the next.',
  })
  endCursor!: string | null;
}

/** A row and its place in the list. */
export interface Edge<Row> {
  readonly cursor: string;
  readonly node: Row;
}

/**
 * Rows of one page. It is a connection as it stands: `edges`, `nodes` and `pageInfo` are read by GraphQL's default
 * resolver, and worked out only when they are asked for.
 */
export class Page<Row> {
  /**
   * @param cursorOf the cursor of a row, given its index in `rows`
   */
  constructor(
    readonly rows: readonly Row[],
    readonly hasNextPage: boolean,
    readonly hasPreviousPage: boolean,
    private readonly cursorOf: (index: number) => string,
  ) {}

  /** A page with nothing in it. */
  static empty<Row>(hasPreviousPage = false): Page<Row> {
    return new Page<Row>([], false, hasPreviousPage, () => '');
  }

  get nodes(): readonly Row[] {
    return this.rows;
  }

  get edges(): Edge<Row>[] {
    return this.rows.map((node, index) => ({ cursor: this.cursorOf(index), node }));
  }

  get pageInfo(): PageInfo {
    const last = this.rows.length - 1;
    return {
      hasNextPage: this.hasNextPage,
      hasPreviousPage: this.hasPreviousPage,
      startCursor: last < 0 ? null : this.cursorOf(0),
      endCursor: last < 0 ? null : this.cursorOf(last),
    };
  }

  /** The same places with other rows, as when a row of a joining table stands for the row that it points to. */
  map<Other>(change: (row: Row) => Other): Page<Other> {
    return new Page(this.rows.map(change), this.hasNextPage, this.hasPreviousPage, this.cursorOf);
  }
}

const edges = new WeakMap<Type, Type>();

/**
 * The base of a connection type: edges { cursor node }, nodes, pageInfo.
 *
 * ```ts
 * @ObjectType() export class PersonConnection extends Connection(PersonModel) {}
 * // a resolver of it returns a Page<PersonRow>
 * ```
 *
 * @param model a class that is an @ObjectType already; its name gives PersonEdge its
 */
export function Connection<Model extends object>(
  model: Type<Model>,
): Type<Pick<Page<Model>, 'edges' | 'nodes' | 'pageInfo'>> {
  const name = TypeMetadataStorage.getObjectTypeMetadataByTarget(model)?.name;
  if (name === undefined)
    throw new TypeError(`${model.name} is not an @ObjectType, so it has no connection.`);
  const edge = edges.get(model) ?? edgeOf(model, name);
  edges.set(model, edge);

  @ObjectType({ isAbstract: true, inheritDescription: true, description: `A page of ${name}.` })
  abstract class ConnectionOf {
    @Field(() => [edge], { description: 'What is on this page, each with its cursor.' })
    edges!: Edge<Model>[];

    @Field(() => [model], { description: 'What is on this page.' })
    nodes!: readonly Model[];

    @Field(() => PageInfo, { description: 'Where this page lies in the list.' })
    pageInfo!: PageInfo;
  }
  return ConnectionOf as Type<ConnectionOf>;
}

function edgeOf<Model extends object>(model: Type<Model>, name: string): Type {
  @ObjectType(`${name}Edge`, { description: `${name} at its place in a list.` })
  class EdgeOf implements Edge<Model> {
    @Field(() => String, { description: 'Its place, opaque: for `after`.' })
    cursor!: string;

    @Field(() => model, { description: 'What is there.' })
    node!: Model;
  }
  return EdgeOf;
}
