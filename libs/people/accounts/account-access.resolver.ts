import { Args, Mutation, Resolver } from '@nestjs/graphql';
import { AddressChangeService, EmailChange, Session, SessionService, SignInPayload } from '#auth';
import type { PersonContext } from '#db';
import { CurrentContext, EmailAddress, notFound, ResolveField, type PersonRequest } from '#graphql';
import type { PersonRow } from '../directory/person.entity.js';
import { PersonLoader } from '../directory/person.loader.js';
import { PersonPayload } from '../directory/person.payloads.js';
import { ViewerModel } from '../directory/viewer.model.js';
import { SetAccountDisabledInput } from './account-access.inputs.js';
import { AccountAccessService } from './account-access.service.js';
import { ApiToken } from './api-token.model.js';
import { ApiTokenService } from './api-token.service.js';

/** What the viewer's own account is, on `Viewer`. */
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
    description: 'Where the viewer is signed in, the last used first.',
  })
  ownSessions(@CurrentContext() ctx: PersonContext): Promise<Session[]> {
    return this.sessions.list(ctx);
  }

  @ResolveField(() => [ApiToken], {
    description: 'Those that the viewer’s roles may make, the newest first.',
  })
  apiTokens(@CurrentContext() ctx: PersonContext): Promise<ApiToken[]> {
    return this.tokens.list(ctx);
  }

  @ResolveField(() => EmailAddress, {
    description:
      'The address that the viewer signs in with. It is not the directory’s, and theirs alone to change.',
  })
  signInEmail(@CurrentContext() ctx: PersonContext): Promise<string> {
    return this.accounts.signInAddress(ctx);
  }

  @ResolveField(() => EmailChange, {
    nullable: true,
    description: 'Another address for signing in that the viewer asked for, until it has changed.',
  })
  emailChange(@CurrentContext() ctx: PersonContext): Promise<EmailChange | null> {
    return this.addressChanges.findOwn(ctx);
  }

  @Mutation(() => PersonPayload, {
    description:
      'Disables an account, or enables it again. For PEOPLE_ADMIN, and never their own. CONFLICT for the last ORGANIZATION_ADMIN who stays.',
  })
  async setAccountDisabled(
    @Args('input', { description: 'Whose, and which.' }) { personId, disabled }: SetAccountDisabledInput,
    @CurrentContext() ctx: PersonRequest,
  ): Promise<{ person: PersonRow }> {
    await this.accounts.setDisabled(ctx, personId, disabled);
    const person = await this.people.byId(ctx).load(personId);
    if (!person) throw notFound();
    return { person };
  }
}

/** Whoever has just signed in, on `SignInPayload`. */
@Resolver(() => SignInPayload)
export class SignInViewerResolver {
  @ResolveField(() => ViewerModel, { description: 'Who has signed in.' })
  viewer(@CurrentContext() { viewer: { personId, roles } }: PersonContext): ViewerModel {
    return { personId, roles };
  }
}
