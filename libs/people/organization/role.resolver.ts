import { Args, Context, Mutation, Parent, Resolver } from '@nestjs/graphql';
import type { PersonContext, ViewerContext } from '#db';
import { CurrentContext, RequestContext, ResolveField, ViewerOrToken } from '#graphql';
import type { Role } from '#identity';
import type { PersonRow } from '../directory/person.entity.js';
import { PersonLoader } from '../directory/person.loader.js';
import { Person } from '../directory/person.model.js';
import { Organization } from './organization.model.js';
import { GrantRoleInput, RevokeRoleInput } from './role.inputs.js';
import { RoleEnum, RoleHolder, RolePayload } from './role.model.js';
import type { RoleGrantRow } from './role.repository.js';
import { RoleLoader } from './role.loader.js';
import { RoleService } from './role.service.js';

@Resolver(() => RoleHolder)
export class RoleHolderResolver {
  constructor(private readonly people: PersonLoader) {}

  @ResolveField(() => Person, { description: 'Who holds it.' })
  person(@Parent() holder: RoleGrantRow, @Context() ctx: RequestContext): Promise<PersonRow | null> {
    return this.people.byId(ctx).load(holder.personId);
  }
}

@Resolver(() => Organization)
export class OrganizationRolesResolver {
  constructor(private readonly service: RoleService) {}

  @ResolveField(() => [RoleHolder], {
    nullable: true,
    description: 'Who holds which role. For ORGANIZATION_ADMIN; NOT_PERMITTED and null for others.',
  })
  roleHolders(@ViewerOrToken() ctx: ViewerContext): Promise<RoleGrantRow[]> {
    return this.service.holders(ctx);
  }

  @Mutation(() => RolePayload, {
    description: 'Gives somebody else a role. For ORGANIZATION_ADMIN; nobody grants a role to themselves.',
  })
  async grantRole(
    @Args('input', { description: 'Who, and which.' }) input: GrantRoleInput,
    @CurrentContext() ctx: PersonContext,
  ): Promise<{ person: PersonRow }> {
    return { person: await this.service.grant(ctx, input) };
  }

  @Mutation(() => RolePayload, {
    description: 'Takes a role away. For ORGANIZATION_ADMIN; the last of them stays.',
  })
  async revokeRole(
    @Args('input', { description: 'Whose, and which.' }) input: RevokeRoleInput,
    @CurrentContext() ctx: PersonContext,
  ): Promise<{ person: PersonRow }> {
    return { person: await this.service.revoke(ctx, input) };
  }
}

@Resolver(() => RolePayload)
export class RolePayloadResolver {
  constructor(private readonly roles: RoleLoader) {}

  @ResolveField('roles', () => [RoleEnum], { description: 'The roles that they hold now.' })
  async rolesNow(
    @Parent() { person }: { person: PersonRow },
    @Context() ctx: RequestContext,
  ): Promise<Role[]> {
    return (await this.roles.byPerson(ctx).load(person.id)) ?? [];
  }
}
