import {
  GraphQLError,
  parse,
  validate,
  type ASTVisitor,
  type DocumentNode,
  type GraphQLFormattedError,
  type GraphQLSchema,
  type ValidationContext,
} from 'graphql';
import { LIMITS } from '../limits/limits.js';

/**
 * A validation rule: `@skip` and `@include` do not apply to the field of a subscription, which must always be there (GraphQL
 * specification, September 2025, section 5.2.4.1).
 */
function subscriptionFieldRule(context: ValidationContext): ASTVisitor {
  return {
    Directive: (directive) => {
      const root = context.getSchema().getSubscriptionType();
      const name = directive.name.value;
      if (root == null || context.getParentType() !== root || (name !== 'skip' && name !== 'include')) return;
      context.reportError(
        new GraphQLError(`@${name} cannot be used on the field of a subscription.`, { nodes: directive }),
      );
    },
  };
}

/** A document without any of these is not parsed twice. */
const SUSPECT = /subscription[^]*@\s*(?:skip|include)/;

/**
 * The errors of a subscription whose field has a condition. Checked before Apollo validates the document: graphql-js throws while it
 * validates if such a condition is a variable.
 */
export function errorsOfConditions(schema: GraphQLSchema, query: unknown): GraphQLFormattedError[] {
  if (typeof query !== 'string' || query.length > LIMITS.characters || !SUSPECT.test(query)) return [];
  let document: DocumentNode;
  try {
    document = parse(query, { maxTokens: LIMITS.tokens });
  } catch {
    // Apollo says why.
    return [];
  }
  return validate(schema, document, [subscriptionFieldRule]).map(({ message, locations }) => ({
    message,
    ...(locations && { locations }),
    extensions: { code: 'GRAPHQL_VALIDATION_FAILED' },
  }));
}
