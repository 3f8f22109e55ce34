import { Global, Module, type DynamicModule, type Provider } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { Authenticator } from '#graphql';
import { AccessGuard } from './access.guard.js';
import { AccountRepository } from './account.repository.js';
import { AccountResolver } from './account.resolver.js';
import { AccountService } from './account.service.js';
import { AddressChangeRepository } from './address-change.repository.js';
import { AddressChangeResolver, EmailChangeResolver } from './address-change.resolver.js';
import { AddressChangeService } from './address-change.service.js';
import { COST_PER_MINUTE, CostBudget } from './cost-budget.js';
import { DailyLimit } from './daily-limit.js';
import { SessionAuthenticator } from './session.authenticator.js';
import { SessionRepository } from './session.repository.js';
import { SessionResolver } from './session.resolver.js';
import { SessionService } from './session.service.js';
import { SessionTokens, type SessionTokenOptions } from './session-tokens.js';
import { Throttle } from './throttle.js';
import { ThrottleRepository } from './throttle.repository.js';

/** Settings of the operator. */
export interface AuthOptions {
  /** How much the operations of one caller may cost in a minute; 0 for no limit. */
  readonly costPerMinute: number;
  readonly tokens: SessionTokenOptions;
}

const providers: Provider[] = [
  AccountRepository,
  AccountResolver,
  AccountService,
  AddressChangeRepository,
  AddressChangeResolver,
  AddressChangeService,
  CostBudget,
  DailyLimit,
  EmailChangeResolver,
  SessionRepository,
  SessionResolver,
  SessionService,
  Throttle,
  ThrottleRepository,
  { provide: Authenticator, useClass: SessionAuthenticator },
  { provide: APP_GUARD, useClass: AccessGuard },
];

/** Sessions, sign-in, rate limits and the guard. Global, because every request needs them. */
@Global()
@Module({})
export class AuthModule {
  static forRoot({ costPerMinute, tokens }: AuthOptions): DynamicModule {
    return {
      module: AuthModule,
      providers: [
        { provide: COST_PER_MINUTE, useValue: costPerMinute },
        { provide: SessionTokens, useValue: new SessionTokens(tokens) },
        ...providers,
      ],
      exports: [
        AddressChangeService,
        Authenticator,
        CostBudget,
        DailyLimit,
        SessionService,
        SessionTokens,
        Throttle,
      ],
    };
  }
}
