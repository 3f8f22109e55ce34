import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { GqlContextType } from '@nestjs/graphql';
import { RequestContext, notPermitted, unauthenticated } from '#graphql';
import { ACCESS, type TokenScope } from '#identity';

/**
 * Denies by default: a field of Query or Mutation is for signed-in, employed people. `@Public()` opens it to everybody,
 * `@ForTokens(…)` to API tokens with one of the scopes, `@AllowFormerEmployees()` to people whose employment has ended.
 *
 * It checks only who is signed in, synchronously. Which rows the viewer can see is decided by the policies.
 */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(private readonly reflector: Reflector) {}

  /** @throws UNAUTHENTICATED where a viewer is needed; NOT_PERMITTED for a viewer of the wrong kind. */
  canActivate(context: ExecutionContext): boolean {
    const targets = [context.getHandler(), context.getClass()];
    if (this.reflector.getAllAndOverride<boolean | undefined>(ACCESS.public, targets) === true) return true;
    // Only GraphQL requests have a viewer.
    if (context.getType<GqlContextType>() !== 'graphql') throw unauthenticated();
    const { viewer } = context.getArgByIndex<RequestContext>(2);
    if (viewer === null) throw unauthenticated();
    if (viewer.personId === null) {
      const scopes = this.reflector.getAllAndOverride<readonly TokenScope[] | undefined>(
        ACCESS.tokens,
        targets,
      );
      if (scopes?.some((scope) => viewer.scopes.includes(scope)) === true) return true;
      throw notPermitted('This API token does not have a scope that permits this.');
    }
    if (viewer.employed) return true;
    if (this.reflector.getAllAndOverride<boolean | undefined>(ACCESS.former, targets) === true) return true;
    throw notPermitted('Your employment has ended. You can still reach your own goals.');
  }
}
