import { Args, Context, Mutation, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import type { PersonContext, ViewerContext } from '#db';
import { CurrentContext, derivedId, RequestContext, ResolveId, ViewerOrToken } from '#graphql';
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

  @ResolveId()
  id(@Parent() { personId, role }: RoleGrantRow): string {
    return derivedId('RoleHolder', personId, role);
  }

  @ResolveField(() => Person, { description: 'The person who holds the role.' })
  person(@Parent() holder: RoleGrantRow, @Context() ctx: RequestContext): Promise<PersonRow | null> {
    return this.people.byId(ctx).load(holder.personId);
  }
}

@Resolver(() => Organization)
export class OrganizationRolesResolver {
  constructor(private readonly service: RoleService) {}

  @ResolveField(() => [RoleHolder], {
    nullable: true,
    description:
      'The people with roles, ordered by role and name. For ORGANIZATION_ADMIN; null with NOT_PERMITTED for everybody else.',
  })
  roleHolders(@ViewerOrToken() ctx: ViewerContext): Promise<RoleGrantRow[]> {
    return this.service.holders(ctx);
  }

  @Mutation(() => RolePayload, {
    description:
      'Grants a role to another person. For ORGANIZATION_ADMIN. Nobody can grant a role to themselves. Granting a role that the person holds changes nothing.',
  })
  async grantRole(
    @Args('input', { description: 'The person and the role.' }) input: GrantRoleInput,
    @CurrentContext() ctx: PersonContext,
  ): Promise<{ person: PersonRow }> {
    return { person: await this.service.grant(ctx, input) };
  }

  @Mutation(() => RolePayload, {
    description:
      'Revokes a role from a person. For ORGANIZATION_ADMIN. Revoking a role that the person does not hold changes nothing. CONFLICT for the last ORGANIZATION_ADMIN.',
  })
  async revokeRole(
    @Args('input', { description: 'The person and the role.' }) input: RevokeRoleInput,
    @CurrentContext() ctx: PersonContext,
  ): Promise<{ person: PersonRow }> {
    return { person: await this.service.revoke(ctx, input) };
  }
}

@Resolver(() => RolePayload)
export class RolePayloadResolver {
  constructor(private readonly roles: RoleLoader) {}

  @ResolveField('roles', () => [RoleEnum], {
    description: 'The roles that the person holds after the change.',
  })
  async rolesNow(
    @Parent() { person }: { person: PersonRow },
    @Context() ctx: RequestContext,
  ): Promise<Role[]> {
    return (await this.roles.byPerson(ctx).load(person.id)) ?? [];
  }
}
