import { Extensions } from '@nestjs/graphql';
import { Kind, type GraphQLSchema, type OperationDefinitionNode } from 'graphql';
import { tooComplex } from '../errors/errors.js';
import type { Variables } from './cost.js';
import type { Measure } from './measure-operation.js';

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

const LARGE_INPUT = 'takesLargeInput';

/** A mutation that accepts files, and can have the largest size that the service accepts. */
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
