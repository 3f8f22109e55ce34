import { Global, Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { Authenticator } from '#graphql';
import { AccessGuard } from './access.guard.js';
import { AccountRepository } from './account.repository.js';
import { AccountResolver } from './account.resolver.js';
import { AccountService } from './account.service.js';
import { AddressChangeRepository } from './address-change.repository.js';
import { AddressChangeResolver } from './address-change.resolver.js';
import { AddressChangeService } from './address-change.service.js';
import { AddressChangeTimer } from './address-change.timer.js';
import { SessionAuthenticator } from './session.authenticator.js';
import { SessionRepository } from './session.repository.js';
import { SessionResolver } from './session.resolver.js';
import { SessionService } from './session.service.js';

/** Sessions, signing in, and who is asking. Global, since every request asks. */
@Global()
@Module({
  providers: [
    AccountRepository,
    AccountResolver,
    AccountService,
    AddressChangeRepository,
    AddressChangeResolver,
    AddressChangeService,
    AddressChangeTimer,
    SessionRepository,
    SessionResolver,
    SessionService,
    { provide: Authenticator, useClass: SessionAuthenticator },
    { provide: APP_GUARD, useClass: AccessGuard },
  ],
  exports: [AddressChangeService, Authenticator, SessionService],
})
export class AuthModule {}
