import { Args, Context, Mutation, Parent, Resolver } from '@nestjs/graphql';
import { CurrentViewer } from '#auth';
import type { PersonViewer } from '#db';
import { Operation, ResolveField, WithoutKey } from '#graphql';
import { CreateApiTokenInput, RevokeApiTokenInput } from './api-token.inputs.js';
import { ApiToken, ApiTokenPayload } from './api-token.model.js';
import { ApiTokenService } from './api-token.service.js';
import type { PersonRow } from './person.entity.js';
import { PersonLoader } from './person.loader.js';
import { Person } from './person.model.js';

@Resolver(() => ApiToken)
export class ApiTokenResolver {
  constructor(
    private readonly service: ApiTokenService,
    private readonly people: PersonLoader,
  ) {}

  @WithoutKey('the secret is shown once.')
  @Mutation(() => ApiTokenPayload, {
    description: 'Makes a credential for a program. The secret is shown this once.',
  })
  createApiToken(
    @Args('input', { description: 'What it is for, and what it may do.' }) input: CreateApiTokenInput,
    @CurrentViewer() viewer: PersonViewer,
  ): Promise<ApiTokenPayload> {
    return this.service.create(viewer, input);
  }

  @WithoutKey('a token ends once.')
  @Mutation(() => ApiTokenPayload, { description: 'Ends an API token, at once.' })
  revokeApiToken(
    @Args('input', { description: 'Which.' }) { id }: RevokeApiTokenInput,
    @CurrentViewer() viewer: PersonViewer,
  ): Promise<ApiTokenPayload> {
    return this.service.revoke(viewer, id);
  }

  @ResolveField(() => Person, { description: 'Who made it.' })
  createdBy(@Parent() token: ApiToken, @Context() op: Operation): Promise<PersonRow | null> {
    return this.people.byId(op).load(token.createdById);
  }
}
