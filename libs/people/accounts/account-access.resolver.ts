import { Args, Mutation, ResolveField, Resolver } from '@nestjs/graphql';
import { AddressChangeService, EmailChange, Session, SessionService, SignInPayload } from '#auth';
import type { PersonContext } from '#db';
import { CurrentContext, EmailAddress, notFound, type PersonRequest } from '#graphql';
import type { PersonRow } from '../directory/person.entity.js';
import { PersonLoader } from '../directory/person.loader.js';
import { PersonPayload } from '../directory/person.model.js';
import { toViewerModel, ViewerModel } from '../directory/viewer.model.js';
import { SetAccountDisabledInput } from './account-access.inputs.js';
import { AccountAccessService } from './account-access.service.js';
import { ApiToken } from './api-token.model.js';
import { ApiTokenService } from './api-token.service.js';

/** The fields of `Viewer` about the viewer's own account. */
@Resolver(() => ViewerModel)
export class ViewerAccountResolver {
  constructor(
    private readonly sessions: SessionService,
    private readonly addressChanges: AddressChangeService,
    private readonly tokens: ApiTokenService,
    private readonly accounts: AccountAccessService,
    private readonly people: PersonLoader,
  ) {}

  @ResolveField('sessions', () => [Session], {
    description: 'The sessions in which the viewer is signed in, most recently used first.',
  })
  ownSessions(@CurrentContext() ctx: PersonContext): Promise<Session[]> {
    return this.sessions.list(ctx);
  }

  @ResolveField(() => [ApiToken], {
    description:
      "The organization's API tokens whose scopes the viewer's roles can grant, newest first, regardless of who created them.",
  })
  apiTokens(@CurrentContext() ctx: PersonContext): Promise<ApiToken[]> {
    return this.tokens.list(ctx);
  }

  @ResolveField(() => EmailAddress, {
    description:
      'The address that the viewer signs in with. It is independent of the e-mail address in the directory; only the viewer can see and change it.',
  })
  signInEmail(@CurrentContext() ctx: PersonContext): Promise<string> {
    return this.accounts.signInAddress(ctx);
  }

  @ResolveField(() => EmailChange, {
    nullable: true,
    description:
      'A requested change of the sign-in address that has not taken effect. Null when there is none.',
  })
  emailChange(@CurrentContext() ctx: PersonContext): Promise<EmailChange | null> {
    return this.addressChanges.findOwn(ctx);
  }

  @Mutation(() => PersonPayload, {
    description:
      'Disables or enables the account of another person. For PEOPLE_ADMIN. CONFLICT for the last ORGANIZATION_ADMIN.',
  })
  async setAccountDisabled(
    @Args('input', { description: 'The person, and whether to disable.' })
    { id, disabled }: SetAccountDisabledInput,
    @CurrentContext() ctx: PersonRequest,
  ): Promise<{ person: PersonRow }> {
    await this.accounts.setDisabled(ctx, id, disabled);
    const person = await this.people.byId(ctx).load(id);
    if (!person) throw notFound();
    return { person };
  }
}

/** `SignInPayload.viewer`: the session's library, auth, does not know people. */
@Resolver(() => SignInPayload)
export class SignInViewerResolver {
  @ResolveField(() => ViewerModel, { description: 'The person who has just signed in.' })
  viewer(@CurrentContext() { viewer: { personId, roles } }: PersonContext): ViewerModel {
    return toViewerModel({ personId, roles });
  }
}
