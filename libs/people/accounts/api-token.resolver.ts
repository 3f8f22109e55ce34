import { Args, Context, Mutation, Parent, Resolver } from '@nestjs/graphql';
import type { PersonContext } from '#db';
import { CurrentContext, RequestContext, ResolveField, NoIdempotencyKey } from '#graphql';
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

  @NoIdempotencyKey('the secret is shown once.')
  @Mutation(() => ApiTokenPayload, {
    description: 'Makes a credential for a program. The secret is shown this once.',
  })
  createApiToken(
    @Args('input', { description: 'What it is for, and what it may do.' }) input: CreateApiTokenInput,
    @CurrentContext() ctx: PersonContext,
  ): Promise<ApiTokenPayload> {
    return this.service.create(ctx, input);
  }

  @NoIdempotencyKey('a token ends once.')
  @Mutation(() => ApiTokenPayload, { description: 'Ends an API token, at once.' })
  revokeApiToken(
    @Args('input', { description: 'Which.' }) { id }: RevokeApiTokenInput,
    @CurrentContext() ctx: PersonContext,
  ): Promise<ApiTokenPayload> {
    return this.service.revoke(ctx, id);
  }

  @ResolveField(() => Person, { description: 'Who made it.' })
  createdBy(@Parent() token: ApiToken, @Context() ctx: RequestContext): Promise<PersonRow | null> {
    return this.people.byId(ctx).load(token.createdById);
  }
}
