import { Args, Context, Mutation, Parent, Resolver } from '@nestjs/graphql';
import { AnyViewer, CurrentViewer, Public, SignInPayload, signedIn } from '#auth';
import type { PersonViewer, Viewer } from '#db';
import { Operation, type Page, PageArgs, ResolveField, WithoutKey } from '#graphql';
import type { InvitationRow } from './invitation.entity.js';
import { AcceptInvitationInput, InvitePeopleInput } from './invitation.inputs.js';
import { Invitation, InvitationConnection, InvitePeoplePayload } from './invitation.model.js';
import { InvitationService } from './invitation.service.js';
import { Organization } from './organization.model.js';
import type { PersonRow } from './person.entity.js';
import { PersonLoader } from './person.loader.js';
import { Person } from './person.model.js';

@Resolver(() => Organization)
export class OrganizationInvitationsResolver {
  constructor(private readonly service: InvitationService) {}

  @ResolveField(() => InvitationConnection, {
    nullable: true,
    description: 'Who was invited, the newest first. For PEOPLE_ADMIN.',
  })
  invitations(@Args() page: PageArgs, @AnyViewer() viewer: Viewer): Promise<Page<InvitationRow>> {
    return this.service.page(viewer, page);
  }

  @Mutation(() => InvitePeoplePayload, {
    description:
      'Sends people without an account a link for their first password: all of them, or nobody. For PEOPLE_ADMIN, who never sees the links.',
  })
  async invitePeople(
    @Args('input', { description: 'Whom.' }) { personIds }: InvitePeopleInput,
    @CurrentViewer() viewer: PersonViewer,
  ): Promise<{ invitations: InvitationRow[] }> {
    return { invitations: await this.service.invite(viewer, personIds) };
  }

  @Public()
  @WithoutKey('the link works once.')
  @Mutation(() => SignInPayload, { description: 'Uses an invitation: sets the password and signs in.' })
  async acceptInvitation(
    @Args('input', { description: 'The link and the password.' }) { token, password }: AcceptInvitationInput,
    @Context() op: Operation,
  ): Promise<SignInPayload> {
    return signedIn(op, await this.service.accept(token, password, op));
  }
}

@Resolver(() => Invitation)
export class InvitationResolver {
  constructor(private readonly people: PersonLoader) {}

  @ResolveField(() => Person, { description: 'Who was invited.' })
  person(@Parent() invitation: InvitationRow, @Context() op: Operation): Promise<PersonRow | null> {
    return this.people.byId(op).load(invitation.personId);
  }
}
