import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { GqlContextType } from '@nestjs/graphql';
import { RequestContext, notPermitted, unauthenticated } from '#graphql';
import { ACCESS, type TokenScope } from '#identity';

/**
 * Nobody calls anything unless it is said who may: a signed-in, employed person by default. `@Public()` opens to anybody,
 * `@ForTokens(…)` to API tokens with one of the scopes, `@AllowFormerEmployees()` to people whose employment has ended.
 *
 * Only who is signed in, and synchronously; which rows there are for them is decided below, in Postgres.
 */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(private readonly reflector: Reflector) {}

  /** @throws UNAUTHENTICATED where a viewer is needed; NOT_PERMITTED for a viewer of the wrong kind. */
  canActivate(context: ExecutionContext): boolean {
    const said = [context.getHandler(), context.getClass()];
    if (this.reflector.getAllAndOverride<boolean | undefined>(ACCESS.public, said) === true) return true;
    // What is not GraphQL has no operation, and so nobody who could be signed in.
    if (context.getType<GqlContextType>() !== 'graphql') throw unauthenticated();
    const { viewer } = context.getArgByIndex<RequestContext>(2);
    if (viewer === null) throw unauthenticated();
    if (viewer.personId === null) {
      const scopes = this.reflector.getAllAndOverride<readonly TokenScope[] | undefined>(ACCESS.tokens, said);
      if (scopes?.some((scope) => viewer.scopes.includes(scope)) === true) return true;
      throw notPermitted('An API token may not do this, or not with its scopes.');
    }
    if (viewer.employed) return true;
    if (this.reflector.getAllAndOverride<boolean | undefined>(ACCESS.former, said) === true) return true;
    throw notPermitted('After the end of employment only your own goals can be reached.');
  }
}
