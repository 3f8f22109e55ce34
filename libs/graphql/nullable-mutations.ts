import { getNullableType, type GraphQLSchema } from 'graphql';

/**
 * Makes every field of Mutation nullable, whatever its resolver declares: a field that fails is null and the others keep their results.
 * With a non-null field the whole answer would become null, and a client could not learn what else its operation did.
 */
export function withNullableMutations(schema: GraphQLSchema): GraphQLSchema {
  for (const field of Object.values(schema.getMutationType()?.getFields() ?? {})) {
    field.type = getNullableType(field.type);
  }
  return schema;
}
