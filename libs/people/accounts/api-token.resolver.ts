import { Args, Context, Mutation, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import type { PersonContext } from '#db';
import { CurrentContext, RequestContext, NoIdempotencyKey } from '#graphql';
import type { PersonRow } from '../directory/person.entity.js';
import { PersonLoader } from '../directory/person.loader.js';
import { Person } from '../directory/person.model.js';
import { CreateApiTokenInput, RevokeApiTokenInput } from './api-token.inputs.js';
import { ApiToken, ApiTokenPayload } from './api-token.model.js';
import { ApiTokenService } from './api-token.service.js';

@Resolver(() => ApiToken)
export class ApiTokenResolver {
  constructor(
    private readonly service: ApiTokenService,
    private readonly people: PersonLoader,
  ) {}

  @NoIdempotencyKey('the secret is returned only once.')
  @Mutation(() => ApiTokenPayload, {
    description:
      'Creates an API token and returns its secret, which cannot be read again. NOT_PERMITTED for a scope that the viewer’s roles cannot grant.',
  })
  createApiToken(
    @Args('input', { description: 'The label, scopes and expiry of the token.' }) input: CreateApiTokenInput,
    @CurrentContext() ctx: PersonContext,
  ): Promise<ApiTokenPayload> {
    return this.service.create(ctx, input);
  }

  @NoIdempotencyKey('revoking a token twice has no further effect.')
  @Mutation(() => ApiTokenPayload, {
    description:
      'Revokes an API token; it stops working at once. For everybody whose roles can grant its scopes, regardless of who created it.',
  })
  revokeApiToken(
    @Args('input', { description: 'The API token to revoke.' }) { id }: RevokeApiTokenInput,
    @CurrentContext() ctx: PersonContext,
  ): Promise<ApiTokenPayload> {
    return this.service.revoke(ctx, id);
  }

  @ResolveField(() => Person, { description: 'The person who created the token.' })
  createdBy(@Parent() token: ApiToken, @Context() ctx: RequestContext): Promise<PersonRow | null> {
    return this.people.byId(ctx).load(token.createdById);
  }
}
