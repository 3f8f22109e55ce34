import { Global, Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { Authenticator } from '#graphql';
import { AccessGuard } from './access.guard.js';
import { SessionAuthenticator } from './session.authenticator.js';
import { SessionRepository } from './session.repository.js';

/** Sessions and who is asking. Global, since every request asks. */
@Global()
@Module({
  providers: [
    SessionRepository,
    { provide: Authenticator, useClass: SessionAuthenticator },
    { provide: APP_GUARD, useClass: AccessGuard },
  ],
  exports: [Authenticator],
})
export class AuthModule {}
