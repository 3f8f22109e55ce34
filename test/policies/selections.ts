import {
  getNamedType,
  isAbstractType,
  isLeafType,
  isObjectType,
  isRequiredArgument,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLSchema,
} from 'graphql';

/** Writes a selection for every field of a type, for tests that query everything that a schema offers. */

/** Required arguments, by the field's name. */
const NEEDED: Readonly<Record<string, string>> = { search: '(text: "zq", first: 20)' };
const PAGE = 5;

function argumentsOf(field: GraphQLField<unknown, unknown>): string | undefined {
  if (field.args.some(isRequiredArgument)) return NEEDED[field.name];
  const written = field.args.flatMap(({ name }) =>
    name === 'first' ? [`first: ${String(PAGE)}`] : name === 'includeFormer' ? ['includeFormer: true'] : [],
  );
  return written.length === 0 ? '' : `(${written.join(', ')})`;
}

/** Wrappers around what is meant: they do not count as a step. */
function isWrapper(type: GraphQLNamedType): boolean {
  return /(Connection|Edge|PageInfo)$/.test(type.name);
}

/** Everything that can be asked of this type in so many steps; `prefix`: of the fields' names, where types meet in a union. */
function selection(schema: GraphQLSchema, type: GraphQLNamedType, steps: number, prefix = ''): string {
  if (isAbstractType(type)) {
    const parts = schema
      .getPossibleTypes(type)
      .map((of) => `... on ${of.name} ${selection(schema, of, steps, `${of.name}_`)}`);
    return `{ __typename ${parts.join(' ')} }`;
  }
  if (!isObjectType(type)) return '';
  const parts = Object.values(type.getFields()).flatMap((field) => {
    const inner = getNamedType(field.type);
    const args = argumentsOf(field);
    if (args === undefined) return [];
    const name = `${prefix === '' ? '' : `${prefix}${field.name}: `}${field.name}${args}`;
    if (isLeafType(inner)) return [name];
    // The rows of a page are selected once, as `nodes`: an operation may have 400 fields.
    if (isWrapper(type) && field.name === 'edges') return [`${name} { cursor node { __typename } }`];
    if (steps === 0 && !isWrapper(inner)) return [];
    const below = selection(schema, inner, isWrapper(inner) ? steps : steps - 1);
    return below === '' ? [] : [`${name} ${below}`];
  });
  return `{ __typename ${parts.join(' ')} }`;
}

/** Selections of a type: its leaf fields together, and each other field with everything within so many steps. */
export function selectionsFrom(
  schema: GraphQLSchema,
  type: GraphQLObjectType,
  steps: number,
): readonly string[] {
  const leaves: string[] = [];
  const selections: string[] = [];
  for (const field of Object.values(type.getFields())) {
    const inner = getNamedType(field.type);
    const args = argumentsOf(field);
    if (args === undefined) continue;
    if (isLeafType(inner)) leaves.push(`${field.name}${args}`);
    else selections.push(`${field.name}${args} ${selection(schema, inner, steps)}`);
  }
  return leaves.length === 0 ? selections : [leaves.join(' '), ...selections];
}
