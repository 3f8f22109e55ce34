import { Args, Context, Mutation, Resolver } from '@nestjs/graphql';
import {
  AddressChangeService,
  CurrentViewer,
  EmailChange,
  Session,
  SessionService,
  SignInPayload,
} from '#auth';
import type { PersonViewer } from '#db';
import { EmailAddress, notFound, Operation, ResolveField } from '#graphql';
import { SetAccountDisabledInput } from './account-access.inputs.js';
import { AccountAccessService } from './account-access.service.js';
import { ApiToken } from './api-token.model.js';
import { ApiTokenService } from './api-token.service.js';
import type { PersonRow } from './person.entity.js';
import { PersonLoader } from './person.loader.js';
import { PersonPayload } from './person.payloads.js';
import { ViewerModel } from './viewer.model.js';

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
  ownSessions(@CurrentViewer() viewer: PersonViewer): Promise<Session[]> {
    return this.sessions.list(viewer);
  }

  @ResolveField(() => [ApiToken], {
    description: 'Those that the viewer’s roles may make, the newest first.',
  })
  apiTokens(@CurrentViewer() viewer: PersonViewer): Promise<ApiToken[]> {
    return this.tokens.list(viewer);
  }

  @ResolveField(() => EmailAddress, {
    description:
      'The address that the viewer signs in with. It is not the directory’s, and theirs alone to change.',
  })
  signInEmail(@CurrentViewer() viewer: PersonViewer): Promise<string> {
    return this.accounts.signInAddress(viewer);
  }

  @ResolveField(() => EmailChange, {
    nullable: true,
    description: 'Another address for signing in that the viewer asked for, until it has changed.',
  })
  emailChange(@CurrentViewer() viewer: PersonViewer): Promise<EmailChange | null> {
    return this.addressChanges.findOwn(viewer);
  }

  @Mutation(() => PersonPayload, {
    description:
      'Disables an account, or enables it again. For PEOPLE_ADMIN, and never their own. CONFLICT for the last ORGANIZATION_ADMIN who stays.',
  })
  async setAccountDisabled(
    @Args('input', { description: 'Whose, and which.' }) { personId, disabled }: SetAccountDisabledInput,
    @CurrentViewer() viewer: PersonViewer,
    @Context() op: Operation,
  ): Promise<{ person: PersonRow }> {
    await this.accounts.setDisabled(viewer, personId, disabled);
    const person = await this.people.byId(op).load(personId);
    if (!person) throw notFound();
    return { person };
  }
}

/** Whoever has just signed in, on `SignInPayload`. */
@Resolver(() => SignInPayload)
export class SignInViewerResolver {
  @ResolveField(() => ViewerModel, { description: 'Who has signed in.' })
  viewer(@CurrentViewer() { personId, roles }: PersonViewer): ViewerModel {
    return { personId, roles };
  }
}
