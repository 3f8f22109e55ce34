import { Args, Context, Mutation, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { SignInPayload, signedIn } from '#auth';
import type { PersonContext, ViewerContext } from '#db';
import {
  CurrentContext,
  type Page,
  PageArgs,
  RequestContext,
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
import {
  Invitation,
  InvitationConnection,
  InvitePeoplePayload,
  type InvitationRefusal,
} from './invitation.model.js';
import { toRefusals } from './invitation.rules.js';
import { InvitationService } from './invitation.service.js';

@Resolver(() => Organization)
export class OrganizationInvitationsResolver {
  constructor(private readonly service: InvitationService) {}

  @ResolveField(() => InvitationConnection, {
    nullable: true,
    description:
      'The invitations, newest first. For PEOPLE_ADMIN; null with NOT_PERMITTED for everybody else.',
  })
  invitations(@Args() page: PageArgs, @ViewerOrToken() ctx: ViewerContext): Promise<Page<InvitationRow>> {
    return this.service.page(ctx, page);
  }

  @Mutation(() => InvitePeoplePayload, {
    description:
      'Invites people to create an account, by a link sent to their e-mail address in the directory. For PEOPLE_ADMIN, who cannot see the links. People who cannot be invited are reported in `refusals`; the others are invited.',
  })
  async invitePeople(
    @Args('input', { description: 'The people to invite.' }) { personIds }: InvitePeopleInput,
    @CurrentContext() ctx: PersonContext,
  ): Promise<{ invitations: InvitationRow[]; refusals: InvitationRefusal[] }> {
    const { invitations, refused } = await this.service.invite(ctx, personIds);
    return { invitations, refusals: toRefusals(refused, personIds) };
  }

  @Public()
  @NoIdempotencyKey('the link can be used only once.')
  @Mutation(() => SignInPayload, {
    description:
      'Accepts an invitation: creates the account with a password and returns its first session. NOT_FOUND when the link does not work.',
  })
  async acceptInvitation(
    @Args('input', { description: 'The invitation and the password.' })
    { token, password }: AcceptInvitationInput,
    @Context() ctx: RequestContext,
  ): Promise<SignInPayload> {
    return signedIn(ctx, await this.service.accept(token, password, ctx));
  }
}

@Resolver(() => Invitation)
export class InvitationResolver {
  constructor(private readonly people: PersonLoader) {}

  @ResolveField(() => Person, { description: 'The person who is invited.' })
  person(@Parent() invitation: InvitationRow, @Context() ctx: RequestContext): Promise<PersonRow | null> {
    return this.people.byId(ctx).load(invitation.personId);
  }
}
