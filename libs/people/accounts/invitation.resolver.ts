import { Args, Context, Mutation, Parent, Resolver } from '@nestjs/graphql';
import { SignInPayload, signedIn } from '#auth';
import type { PersonContext, ViewerContext } from '#db';
import {
  CurrentContext,
  type Page,
  PageArgs,
  RequestContext,
  ResolveField,
  ViewerOrToken,
  NoIdempotencyKey,
} from '#graphql';
import { Public } from '#identity';
import { Organization } from '../organization/organization.model.js';
import type { PersonRow } from '../directory/person.entity.js';
import { PersonLoader } from '../directory/person.loader.js';
import { Person } from '../directory/person.model.js';
import type { InvitationRow } from './invitation.entity.js';
import { AcceptInvitationInput, InvitePeopleInput } from './invitation.inputs.js';
import { Invitation, InvitationConnection, InvitePeoplePayload } from './invitation.model.js';
import { InvitationService } from './invitation.service.js';

@Resolver(() => Organization)
export class OrganizationInvitationsResolver {
  constructor(private readonly service: InvitationService) {}

  @ResolveField(() => InvitationConnection, {
    nullable: true,
    description: 'Who was invited, the newest first. For PEOPLE_ADMIN.',
  })
  invitations(@Args() page: PageArgs, @ViewerOrToken() ctx: ViewerContext): Promise<Page<InvitationRow>> {
    return this.service.page(ctx, page);
  }

  @Mutation(() => InvitePeoplePayload, {
    description:
      'Sends people without an account a link for their first password: all of them, or nobody. For PEOPLE_ADMIN, who never sees the links.',
  })
  async invitePeople(
    @Args('input', { description: 'Whom.' }) { personIds }: InvitePeopleInput,
    @CurrentContext() ctx: PersonContext,
  ): Promise<{ invitations: InvitationRow[] }> {
    return { invitations: await this.service.invite(ctx, personIds) };
  }

  @Public()
  @NoIdempotencyKey('the link works once.')
  @Mutation(() => SignInPayload, { description: 'Uses an invitation: sets the password and signs in.' })
  async acceptInvitation(
    @Args('input', { description: 'The link and the password.' }) { token, password }: AcceptInvitationInput,
    @Context() ctx: RequestContext,
  ): Promise<SignInPayload> {
    return signedIn(ctx, await this.service.accept(token, password, ctx));
  }
}

@Resolver(() => Invitation)
export class InvitationResolver {
  constructor(private readonly people: PersonLoader) {}

  @ResolveField(() => Person, { description: 'Who was invited.' })
  person(@Parent() invitation: InvitationRow, @Context() ctx: RequestContext): Promise<PersonRow | null> {
    return this.people.byId(ctx).load(invitation.personId);
  }
}
