import { Module, type OnModuleInit } from '@nestjs/common';
import { NodeRegistry } from '#graphql';
import { PeopleModule } from '../people.module.js';
import { AccountAccessRepository } from './account-access.repository.js';
import { SignInViewerResolver, ViewerAccountResolver } from './account-access.resolver.js';
import { AccountAccessService } from './account-access.service.js';
import { ApiTokenRepository } from './api-token.repository.js';
import { ApiTokenResolver } from './api-token.resolver.js';
import { ApiTokenService } from './api-token.service.js';
import { InvitationLoader } from './invitation.loader.js';
import { InvitationRepository } from './invitation.repository.js';
import { InvitationResolver, OrganizationInvitationsResolver } from './invitation.resolver.js';
import { InvitationService } from './invitation.service.js';

/** Accounts of people, invitations, and API tokens. */
@Module({
  imports: [PeopleModule],
  providers: [
    AccountAccessRepository,
    AccountAccessService,
    ApiTokenRepository,
    ApiTokenResolver,
    ApiTokenService,
    InvitationLoader,
    InvitationRepository,
    InvitationResolver,
    InvitationService,
    OrganizationInvitationsResolver,
    SignInViewerResolver,
    ViewerAccountResolver,
  ],
})
export class AccountModule implements OnModuleInit {
  constructor(
    private readonly nodes: NodeRegistry,
    private readonly invitations: InvitationLoader,
  ) {}

  onModuleInit(): void {
    this.nodes.registerParts({ typename: 'Invitation', load: this.invitations.byId });
  }
}
