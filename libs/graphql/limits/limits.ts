import { Extensions } from '@nestjs/graphql';
import { Kind, type GraphQLSchema, type OperationDefinitionNode } from 'graphql';
import { tooComplex } from '../errors/errors.js';
import type { Variables } from './cost.js';
import type { Measure } from './measure-operation.js';

/** How large an operation may be. */
export interface Limits {
  /** Of the document, as JavaScript counts; what is longer belongs into variables. */
  readonly characters: number;
  /** Words and signs of the document; checked while it is parsed. */
  readonly tokens: number;
  /** Comments, which are no tokens. */
  readonly comments: number;
  /** Validation errors reported before validation gives up. */
  readonly errors: number;
  /** Fields inside fields. The introspection query that tools send is 15 deep. */
  readonly depth: number;
  /** Objects that an answer may hold, estimated: page sizes multiply. */
  readonly cost: number;
  /** Fields, fragments and spreads written in the operation and its fragments. */
  readonly selections: number;
  /** Fields under another name, likewise. */
  readonly aliases: number;
  /** Fields of the Query or Mutation type. */
  readonly rootFields: number;
  /** Uses of @include, @skip and the like. */
  readonly directives: number;
  /** Of what is sent, for operations without a field of {@link LargeInput}; a hundred texts of the longest kind are far less. */
  readonly bytes: number;
  /** Values within the variables, however deep: a million of them take seconds to be compared with their types. */
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

const LARGE_INPUT = 'takesLargeInput';

/** A mutation that is sent files, and may be as large as the service takes in. */
export function LargeInput(): MethodDecorator {
  return Extensions({ [LARGE_INPUT]: true });
}

export function takesLargeInput(
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

/** Counts no further than it must, and calls itself for nothing: what is sent may be as deep as it is large. */
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
