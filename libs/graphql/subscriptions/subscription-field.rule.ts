import { GraphQLError, type ASTVisitor, type ValidationContext } from 'graphql';

/**
 * A validation rule: `@skip` and `@include` do not apply to the field of a subscription, which must always be there (GraphQL
 * specification, September 2025, section 5.2.4.1).
 */
export function subscriptionFieldRule(context: ValidationContext): ASTVisitor {
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
