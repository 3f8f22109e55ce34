import type { Type } from '@nestjs/common';
import { ArgsType, Field, Int, ObjectType, TypeMetadataStorage } from '@nestjs/graphql';
import { IsInt, IsOptional, Max, MaxLength, Min, ValidateBy } from 'class-validator';

/** Rows of a page unless `first` or `last` says otherwise. */
export const DEFAULT_PAGE = 20;
/** The most rows of a page. */
export const LARGEST_PAGE = 100;
const LONGEST_CURSOR = 4_000;

/** Which page: what repositories and loaders take. A class with more arguments than these may extend {@link PageArgs}. */
export interface PageArguments {
  readonly first?: number | null;
  readonly after?: string | null;
  readonly last?: number | null;
  readonly before?: string | null;
}

function PageSize(): PropertyDecorator {
  return (target, property) => {
    IsOptional()(target, property);
    IsInt()(target, property);
    Min(1, { message: 'must be at least 1.' })(target, property);
    Max(LARGEST_PAGE, { message: `must be at most ${String(LARGEST_PAGE)}.` })(target, property);
  };
}

function Cursor(): PropertyDecorator {
  return (target, property) => {
    IsOptional()(target, property);
    MaxLength(LONGEST_CURSOR, { message: NOT_A_CURSOR })(target, property);
  };
}

/** A page lies in one direction: of `first` and `after`, or of `last` and `before`. */
function NotForward(): PropertyDecorator {
  return ValidateBy({
    name: 'notForward',
    validator: {
      validate: (_value, found) => {
        const { first, after } = (found?.object ?? {}) as PageArguments;
        return first == null && after == null;
      },
      defaultMessage: () => 'cannot be combined with first or after.',
    },
  });
}

export const NOT_A_CURSOR = 'is not a cursor of this list.';

/** The arguments of every connection. */
@ArgsType()
export class PageArgs implements PageArguments {
  @Field(() => Int, {
    nullable: true,
    description:
      'Returns up to this many items from the start of the list, or those that follow `after`: 1 to 100. 20 where neither `first` nor `last` is given.',
  })
  @PageSize()
  first?: number | null;

  @Field(() => String, {
    nullable: true,
    description: 'Returns the items that follow this cursor, usually the `endCursor` of the previous page.',
  })
  @Cursor()
  after?: string | null;

  @Field(() => Int, {
    nullable: true,
    description:
      'Returns up to this many items from the end of the list, or those that precede `before`: 1 to 100. The order stays that of the list. Cannot be combined with `first` or `after`.',
  })
  @NotForward()
  @PageSize()
  last?: number | null;

  @Field(() => String, {
    nullable: true,
    description:
      'Returns the items that precede this cursor, usually the `startCursor` of the following page. Cannot be combined with `first` or `after`.',
  })
  @NotForward()
  @Cursor()
  before?: string | null;
}

/** How many rows a page has at most. */
export function pageSize({ first, last }: PageArguments): number {
  return first ?? last ?? DEFAULT_PAGE;
}

/** Whether a page is counted from its end: from the end of the list, or from the cursor that it precedes. */
export function isBackward({ last, before }: PageArguments): boolean {
  return last != null || before != null;
}

@ObjectType({ description: 'The position of a page in its list, for requesting the pages around it.' })
export class PageInfo {
  @Field({
    description:
      'Whether items follow this page. Always true if the page was requested with `before`, since the item of that cursor follows.',
  })
  hasNextPage!: boolean;

  @Field({
    description:
      'Whether items precede this page. Always true if the page was requested with `after`, since the item of that cursor precedes.',
  })
  hasPreviousPage!: boolean;

  @Field(() => String, {
    nullable: true,
    description: 'The cursor of the first item, for `before` of the previous page. Null for an empty page.',
  })
  startCursor!: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'The cursor of the last item, for `after` of the next page. Null for an empty page.',
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

  /** The same page with each row replaced, for example a row of a join table by the row that it points to. */
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

  @ObjectType({ isAbstract: true, inheritDescription: true, description: `A page of a list of ${name}.` })
  abstract class ConnectionOf {
    @Field(() => [edge], { description: 'The items of this page, each with its cursor.' })
    edges!: Edge<Model>[];

    @Field(() => [model], { description: 'The items of this page, without their cursors.' })
    nodes!: readonly Model[];

    @Field(() => PageInfo, { description: 'The position of this page in the list.' })
    pageInfo!: PageInfo;
  }
  return ConnectionOf as Type<ConnectionOf>;
}

function edgeOf<Model extends object>(model: Type<Model>, name: string): Type {
  @ObjectType(`${name}Edge`, { description: `One item of a list of ${name}.` })
  class EdgeOf implements Edge<Model> {
    @Field(() => String, {
      description:
        'The position of this item in its list, for `after` and `before`. Opaque, and valid for this list only.',
    })
    cursor!: string;

    @Field(() => model, { description: 'The item.' })
    node!: Model;
  }
  return EdgeOf;
}
