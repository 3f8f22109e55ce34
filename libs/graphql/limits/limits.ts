import type { ApolloServerPlugin } from '@apollo/server';
import { Extensions } from '@nestjs/graphql';
import {
  getNamedType,
  getNullableType,
  GraphQLError,
  isCompositeType,
  isInterfaceType,
  isIntrospectionType,
  isListType,
  isObjectType,
  Kind,
  SchemaMetaFieldDef,
  TypeMetaFieldDef,
  TypeNameMetaFieldDef,
  type DocumentNode,
  type FieldNode,
  type FormattedExecutionResult,
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type SelectionSetNode,
  type ValueNode,
} from 'graphql';
import { DEFAULT_PAGE, LARGEST_PAGE } from '../pagination/connection.js';
import { notPermitted, tooComplex, tooLarge, unauthenticated } from '../errors/errors.js';
import { publishUntraceable } from '../diagnostics.js';
import type { RequestContext } from '../request-context.js';
import { isUntraceable } from '../untraceable.js';

/** How large an operation may be. */
export interface Limits {
  /** UTF-16 code units of the document. Longer texts belong in variables. */
  readonly characters: number;
  /** Tokens of the document; checked while it is parsed. */
  readonly tokens: number;
  /** Comments, which do not count as tokens. */
  readonly comments: number;
  /** Validation errors reported before validation gives up. */
  readonly errors: number;
  /** Fields inside fields. The introspection query that tools send is 15 deep. */
  readonly depth: number;
  /** Estimated objects of a response: the product of page sizes. */
  readonly cost: number;
  /** Fields, fragments and spreads written in the operation and its fragments. */
  readonly selections: number;
  /** Aliases in the operation and its fragments. */
  readonly aliases: number;
  /** Fields of the Query or Mutation type. */
  readonly rootFields: number;
  /** Uses of @include, @skip and the like. */
  readonly directives: number;
  /** Of what is sent, for operations without a field of {@link LargeInput}; a hundred texts of the longest kind are far less. */
  readonly bytes: number;
  /** Values within the variables at any depth: comparing a million of them with their types takes seconds. */
  readonly values: number;
}

export const LIMITS: Limits = {
  characters: 200_000,
  tokens: 2_000,
  comments: 500,
  errors: 5,
  depth: 15,
  cost: 10_000,
  selections: 400,
  aliases: 40,
  rootFields: 20,
  directives: 20,
  bytes: 1_048_576,
  values: 10_000,
};

/** The items counted for a list of unknown length. */
const LIST_ESTIMATE = 10;
/** The same inside introspection, which needs no database; the query that tools send must be accepted. */
const INTROSPECTION_LIST_ESTIMATE = 4;

type Variables = Readonly<Record<string, unknown>>;

/** The measurements of an operation, independent of the values of its variables. */
export interface Measure {
  readonly depth: number;
  readonly selections: number;
  readonly aliases: number;
  readonly rootFields: number;
  readonly directives: number;
  readonly introspects: boolean;
  /** The most that it can cost with these variables. */
  readonly cost: (variables: Variables) => number;
  /** The cost of what it returned. */
  readonly actualCost: (data: object) => number;
}

/** What an operation was charged, as clients see it in `extensions.cost`. */
export interface CostReport {
  readonly charged: number;
  /** What is left of the caller's budget; null without a session. */
  readonly remaining: number | null;
  /** When all of the budget is available again, if nothing else is charged; null without a session. */
  readonly reset: string | null;
}

/** The most that an operation can cost, set aside until it has run. */
export interface CostReservation {
  /** @param actual the actual cost; undefined: all that was reserved. Never rejects. */
  settle(actual: number | undefined): Promise<CostReport>;
}

/**
 * Refuses operations beyond the limits (TOO_COMPLEX) and beyond what their caller may spend (RATE_LIMITED), and introspection by callers who are not permitted to use it.
 *
 * It runs on the parsed and validated operation. Validation rules cannot do this, because they do not see the values of variables and
 * therefore not the sizes of pages.
 */
export function limitsPlugin({
  mayIntrospect,
  reserve,
  countUntraceable,
  limits = LIMITS,
}: {
  readonly mayIntrospect: (ctx: RequestContext) => boolean;
  /** Reserves the most that an operation can cost; undefined where callers have no budget. @throws RATE_LIMITED */
  readonly reserve?: (ctx: RequestContext, possible: number) => Promise<CostReservation | undefined>;
  /** Counts an untraceable operation instead, which costs next to nothing. @throws RATE_LIMITED */
  readonly countUntraceable?: (ctx: RequestContext) => void;
  readonly limits?: Limits;
}): ApolloServerPlugin<RequestContext> {
  const measures = new WeakMap<OperationDefinitionNode, Measure>();
  return {
    requestDidStart: () =>
      Promise.resolve({
        didResolveOperation({ schema, document, operation, request, contextValue }) {
          // A rejected promise instead of a throw, because Apollo awaits it.
          return Promise.resolve().then(async () => {
            // Absent if no operation has the given name; Apollo reports that when it executes.
            if (!operation) return;
            if (!schema.getRootType(operation.operation)) {
              throw new GraphQLError(`There are no operations of the kind ${operation.operation} here.`, {
                extensions: { code: 'OPERATION_RESOLUTION_FAILURE' },
              });
            }
            // Apollo keeps parsed documents, so an operation sent often is measured once.
            const measure = measures.get(operation) ?? measureOperation(schema, document, operation);
            measures.set(operation, measure);
            if (measure.introspects) await contextValue.verifyViewer();
            if (measure.introspects && !mayIntrospect(contextValue)) {
              throw contextValue.viewer
                ? notPermitted('Introspection needs an API token with the scope SCHEMA_READ.')
                : unauthenticated(
                    'Introspection needs a sign-in, or an API token with the scope SCHEMA_READ.',
                  );
            }
            if (contextValue.bodyBytes > limits.bytes && !takesLargeInput(schema, operation)) {
              throw tooLarge(limits.bytes);
            }
            const variables = request.variables ?? {};
            checkLimits(measure, variables, limits);
            if (isUntraceable(schema, operation) && contextValue.viewer !== null) {
              publishUntraceable();
              countUntraceable?.(contextValue);
              return;
            }
            // An operation that returns no object is a request all the same.
            const reservation = await reserve?.(contextValue, Math.max(1, measure.cost(variables)));
            if (reservation) {
              contextValue.completeResult = async (result) => {
                const cost = await reservation.settle(costOf(result, measure));
                result.extensions = { ...result.extensions, cost };
              };
            }
          });
        },
      }),
  };
}

/** Undefined if the cost is unknown: an operation that failed completely can have done all of its work. */
function costOf(result: FormattedExecutionResult, measure: Measure): number | undefined {
  // Without data it was never executed.
  if (!('data' in result)) return 1;
  return result.data ? measure.actualCost(result.data) : undefined;
}

const LARGE_INPUT = 'takesLargeInput';

/** A mutation that accepts files, and can have the largest size that the service accepts. */
export function LargeInput(): MethodDecorator {
  return Extensions({ [LARGE_INPUT]: true });
}

function takesLargeInput(
  schema: GraphQLSchema,
  { operation, selectionSet }: OperationDefinitionNode,
): boolean {
  const fields = schema.getRootType(operation)?.getFields() ?? {};
  return selectionSet.selections.some(
    (selection) =>
      selection.kind === Kind.FIELD && fields[selection.name.value]?.extensions[LARGE_INPUT] === true,
  );
}

/** @throws TOO_COMPLEX with the limit and the value */
export function checkLimits(measure: Measure, variables: Variables, limits: Limits = LIMITS): void {
  const refuse = (what: string, value: number, limit: number): void => {
    if (value <= limit) return;
    const shown = value > 1e9 ? 'more than 1,000,000,000' : value.toLocaleString('en');
    throw tooComplex(
      `This operation ${what.replace('#', shown)}; at most ${limit.toLocaleString('en')} are allowed.`,
    );
  };
  refuse('has # fields, fragments and spreads', measure.selections, limits.selections);
  refuse('has # levels of fields', measure.depth, limits.depth);
  refuse('has # fields at its root', measure.rootFields, limits.rootFields);
  refuse('has # aliases', measure.aliases, limits.aliases);
  refuse('has # directives', measure.directives, limits.directives);
  if (hasMoreValues(variables, limits.values)) {
    throw tooComplex(
      `This operation has too many values in its variables; at most ${limits.values.toLocaleString('en')} are allowed.`,
    );
  }
  refuse(
    'may answer with # objects, by the sizes of its pages and lists',
    measure.cost(variables),
    limits.cost,
  );
}

/** Stops at the limit, and is not recursive, because variables can be deeply nested. */
function hasMoreValues(variables: Variables, limit: number): boolean {
  const left: unknown[] = [variables];
  let count = -1;
  while (left.length > 0) {
    count += 1;
    const value = left.pop();
    const inside = typeof value === 'object' && value !== null ? Object.values(value) : [];
    if (count + left.length + inside.length > limit) return true;
    for (const one of inside) left.push(one);
  }
  return false;
}

/** One estimate of the cost: the variables, and the cost of each fragment, stored so that nested fragments do not multiply the work. */
interface Estimate {
  readonly variables: Variables;
  readonly ofFragments: Map<string, number>;
}

/** The measurements of a selection set in its place. */
interface Part {
  readonly depth: number;
  /** Fields side by side, fragments unfolded. */
  readonly width: number;
  readonly introspects: boolean;
  readonly cost: (estimate: Estimate) => number;
  /** The fields that return objects, for counting what was returned; fragments unfolded, each once. */
  readonly counted: () => readonly CountedField[];
}

const NOTHING: Part = { depth: 0, width: 0, introspects: false, cost: () => 0, counted: () => [] };

/** A field that returns objects. */
interface CountedField {
  /** Its name in the response. */
  readonly key: string;
  readonly own: number;
  /** Whether it is one of the lists of a connection, whose items count as their list does. */
  readonly isPage: boolean;
  readonly children: () => readonly CountedField[];
}

/**
 * The cost of what was returned: each field that returns objects counts once for every object that was returned around it, whether or not it has a value.
 * It is a function of the operation and its result alone, so a caller learns nothing from it that the result does not show: a hidden row
 * costs what a missing one does.
 */
function countReturned(fields: readonly CountedField[], object: object): number {
  let cost = 0;
  for (const { key, own, isPage, children } of fields) {
    const value = (object as Readonly<Record<string, unknown>>)[key];
    // Left out by a fragment for another type, or by @skip.
    if (value === undefined) continue;
    cost += own * (isPage && Array.isArray(value) ? value.length : 1);
    const inner = children();
    if (inner.length > 0) cost += countValue(inner, value);
  }
  return cost;
}

function countValue(fields: readonly CountedField[], value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  if (!Array.isArray(value)) return countReturned(fields, value);
  let cost = 0;
  for (const item of value) cost += countValue(fields, item);
  return cost;
}

/** Fields of one name in the response are one field in it. */
function merged(fields: readonly CountedField[]): readonly CountedField[] {
  const byKey = new Map<string, CountedField[]>();
  for (const field of fields) byKey.set(field.key, [...(byKey.get(field.key) ?? []), field]);
  return Array.from(byKey.values(), (same) => {
    const [first, ...others] = same as [CountedField, ...CountedField[]];
    if (others.length === 0) return first;
    return {
      ...first,
      own: Math.max(...same.map(({ own }) => own)),
      children: once(() => merged(same.flatMap(({ children }) => children()))),
    };
  });
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}

/** Measures an operation of a valid document. Each fragment is measured once, so its size is linear in the text. */
export function measureOperation(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
): Measure {
  const root = schema.getRootType(operation.operation);
  const survey = new Survey(schema, document, operation);
  const whole = root ? survey.selectionSet(operation.selectionSet, root) : NOTHING;
  survey.directives += operation.directives?.length ?? 0;
  const { selections, aliases, directives } = survey;
  return {
    depth: whole.depth,
    rootFields: whole.width,
    introspects: whole.introspects,
    selections,
    aliases,
    directives,
    cost: (variables) => whole.cost({ variables, ofFragments: new Map() }),
    actualCost: (data) => countReturned(whole.counted(), data),
  };
}

class Survey {
  selections = 0;
  aliases = 0;
  directives = 0;
  private readonly fragments = new Map<string, FragmentDefinitionNode>();
  private readonly measured = new Map<string, Part>();
  private readonly defaults = new Map<string, ValueNode>();

  constructor(
    private readonly schema: GraphQLSchema,
    document: DocumentNode,
    operation: OperationDefinitionNode,
  ) {
    for (const definition of document.definitions) {
      if (definition.kind === Kind.FRAGMENT_DEFINITION) this.fragments.set(definition.name.value, definition);
    }
    for (const { variable, defaultValue } of operation.variableDefinitions ?? []) {
      if (defaultValue) this.defaults.set(variable.name.value, defaultValue);
    }
  }

  selectionSet(set: SelectionSetNode, parent: GraphQLCompositeType): Part {
    return together(
      set.selections.map((selection) => {
        this.selections += 1;
        this.directives += selection.directives?.length ?? 0;
        switch (selection.kind) {
          case Kind.FIELD:
            return this.field(selection, parent);
          case Kind.INLINE_FRAGMENT:
            return this.selectionSet(
              selection.selectionSet,
              this.composite(selection.typeCondition?.name.value) ?? parent,
            );
          case Kind.FRAGMENT_SPREAD:
            return this.fragment(selection.name.value);
        }
      }),
    );
  }

  private fragment(name: string): Part {
    const known = this.measured.get(name);
    if (known) return known;
    // Set before its own selections are measured, so that a cycle ends here even if validation did not reject it.
    this.measured.set(name, NOTHING);
    const definition = this.fragments.get(name);
    const type = this.composite(definition?.typeCondition.name.value);
    if (!definition || !type) return NOTHING;
    this.directives += definition.directives?.length ?? 0;
    const whole = this.selectionSet(definition.selectionSet, type);
    const part: Part = {
      ...whole,
      cost: (estimate) => {
        const cost = estimate.ofFragments.get(name) ?? whole.cost(estimate);
        estimate.ofFragments.set(name, cost);
        return cost;
      },
    };
    this.measured.set(name, part);
    return part;
  }

  private field(node: FieldNode, parent: GraphQLCompositeType): Part {
    if (node.alias) this.aliases += 1;
    const field = this.definition(node.name.value, parent);
    if (!field) return { ...NOTHING, depth: 1, width: 1 };
    const type = getNamedType(field.type);
    const children =
      node.selectionSet && isCompositeType(type) ? this.selectionSet(node.selectionSet, type) : NOTHING;
    const own = ownCost(field, isCompositeType(type));
    const times = this.times(node, field, parent);
    const counted: CountedField = {
      key: node.alias?.value ?? node.name.value,
      own,
      isPage: parent.name.endsWith('Connection') && isListType(getNullableType(field.type)),
      children: children.counted,
    };
    return {
      depth: 1 + children.depth,
      width: 1,
      introspects: children.introspects || field === SchemaMetaFieldDef || field === TypeMetaFieldDef,
      cost: (estimate) => own + times(estimate.variables) * children.cost(estimate),
      counted: () => (own > 0 || isCompositeType(type) ? [counted] : []),
    };
  }

  /** How often the selection of a field is resolved: the size of its page, the length of its list, or once. */
  private times(
    node: FieldNode,
    field: GraphQLField<unknown, unknown>,
    parent: GraphQLCompositeType,
  ): (variables: Variables) => number {
    if (field.args.some(({ name }) => name === 'first')) {
      return (variables) => {
        const asked =
          this.argument(node, 'first', variables) ?? this.argument(node, 'last', variables) ?? DEFAULT_PAGE;
        return typeof asked === 'number' ? Math.min(Math.max(asked, 1), LARGEST_PAGE) : LARGEST_PAGE;
      };
    }
    if (!isListType(getNullableType(field.type))) return () => 1;
    // Inside a connection the page size is already counted.
    if (parent.name.endsWith('Connection')) return () => 1;
    if (isIntrospectionType(parent)) return () => INTROSPECTION_LIST_ESTIMATE;
    const lists = field.args.filter(({ type }) => isListType(getNullableType(type))).map(({ name }) => name);
    return (variables) => {
      const lengths = lists
        .map((name) => this.argument(node, name, variables))
        .map((value) => (Array.isArray(value) ? value.length : 0));
      return Math.max(...lengths, 0) || LIST_ESTIMATE;
    };
  }

  /** The value of an argument if it is a number or a list. Values of a different type are refused elsewhere. */
  private argument(node: FieldNode, name: string, variables: Variables): unknown {
    const value = node.arguments?.find((argument) => argument.name.value === name)?.value;
    if (value?.kind !== Kind.VARIABLE) return plain(value);
    const given = variables[value.name.value];
    return given === undefined ? plain(this.defaults.get(value.name.value)) : given;
  }

  private definition(name: string, parent: GraphQLCompositeType): GraphQLField<unknown, unknown> | undefined {
    if (name === TypeNameMetaFieldDef.name) return TypeNameMetaFieldDef;
    if (parent === this.schema.getQueryType()) {
      if (name === SchemaMetaFieldDef.name) return SchemaMetaFieldDef;
      if (name === TypeMetaFieldDef.name) return TypeMetaFieldDef;
    }
    return isObjectType(parent) || isInterfaceType(parent) ? parent.getFields()[name] : undefined;
  }

  private composite(name: string | undefined): GraphQLCompositeType | undefined {
    const type = name === undefined ? undefined : this.schema.getType(name);
    return isCompositeType(type) ? type : undefined;
  }
}

/** An object counts 1, unless `@Field({ complexity })` sets a different cost for an expensive field. */
function ownCost(field: GraphQLField<unknown, unknown>, isObject: boolean): number {
  const { complexity } = field.extensions;
  if (typeof complexity === 'number') return complexity;
  return isObject ? 1 : 0;
}

function together(parts: readonly Part[]): Part {
  return {
    depth: Math.max(0, ...parts.map(({ depth }) => depth)),
    width: parts.reduce((sum, { width }) => sum + width, 0),
    introspects: parts.some(({ introspects }) => introspects),
    cost: (estimate) => parts.reduce((sum, { cost }) => sum + cost(estimate), 0),
    counted: once(() => merged(parts.flatMap(({ counted }) => counted()))),
  };
}

function plain(value: ValueNode | undefined): unknown {
  switch (value?.kind) {
    case Kind.INT:
      return Number(value.value);
    case Kind.LIST:
      return value.values;
    default:
      return undefined;
  }
}
