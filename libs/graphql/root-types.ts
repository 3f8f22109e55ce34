import { getNullableType, type GraphQLSchema } from 'graphql';

const QUERY =
  'The root of all queries. Results contain only what the caller may see; an object that is hidden is the same as one that does not exist.';

const MUTATION =
  'The root of all mutations. The mutations of an operation run one after the other; one that fails is null and has an entry in `errors`, and the others keep their results. Send the header `Idempotency-Key` (1 to 200 visible ASCII characters) to repeat a mutation safely: within 24 hours, the same key has one effect, however often the request is sent. Use a new key for each different request. The description of a mutation says if it does not accept a key.';

const SUBSCRIPTION =
  'The root of all subscriptions: one field for each operation, sent over a WebSocket at the address of this endpoint with the protocol graphql-transport-ws. The payload of `connection_init` has the session token: `{ "authorization": "Bearer …" }`. What is sent is read with the session of its subscriber when it is sent. The connection closes with 4401 when the session ends; after 1001, 1012 and 1013, connect again.';

/**
 * Describes the root types, and makes every field of Mutation nullable, whatever its resolver declares: a field that fails is null
 * and the others keep their results. With a non-null field the whole response would be null, without the results of other fields.
 */
export function withRootTypes(schema: GraphQLSchema): GraphQLSchema {
  const [query, mutation] = [schema.getQueryType(), schema.getMutationType()];
  const subscription = schema.getSubscriptionType();
  if (query) query.description = QUERY;
  if (mutation) mutation.description = MUTATION;
  if (subscription) subscription.description = SUBSCRIPTION;
  for (const field of Object.values(mutation?.getFields() ?? {})) field.type = getNullableType(field.type);
  return schema;
}
