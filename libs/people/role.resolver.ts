import { Args, Context, Mutation, Parent, Resolver } from '@nestjs/graphql';
import { AnyViewer, CurrentViewer } from '#auth';
import type { PersonViewer, Role, Viewer } from '#db';
import { Operation, ResolveField } from '#graphql';
import { Organization } from './organization.model.js';
import type { PersonRow } from './person.entity.js';
import { PersonLoader } from './person.loader.js';
import { Person } from './person.model.js';
import { GrantRoleInput, RevokeRoleInput } from './role.inputs.js';
import { RoleEnum, RoleHolder, RolePayload } from './role.model.js';
import type { RoleGrantRow } from './role.repository.js';
import { RoleLoader } from './role.loader.js';
import { RoleService } from './role.service.js';

@Resolver(() => RoleHolder)
export class RoleHolderResolver {
  constructor(private readonly people: PersonLoader) {}

  @ResolveField(() => Person, { description: 'Who holds it.' })
  person(@Parent() holder: RoleGrantRow, @Context() op: Operation): Promise<PersonRow | null> {
    return this.people.byId(op).load(holder.personId);
  }
}

@Resolver(() => Organization)
export class OrganizationRolesResolver {
  constructor(private readonly service: RoleService) {}

  @ResolveField(() => [RoleHolder], {
    nullable: true,
    description: 'Who holds which role. For ORGANIZATION_ADMIN; NOT_PERMITTED and null for others.',
  })
  roleHolders(@AnyViewer() viewer: Viewer): Promise<RoleGrantRow[]> {
    return this.service.holders(viewer);
  }

  @Mutation(() => RolePayload, {
    description: 'Gives somebody else a role. For ORGANIZATION_ADMIN; nobody grants a role to themselves.',
  })
  async grantRole(
    @Args('input', { description: 'Who, and which.' }) input: GrantRoleInput,
    @CurrentViewer() viewer: PersonViewer,
  ): Promise<{ person: PersonRow }> {
    return { person: await this.service.grant(viewer, input) };
  }

  @Mutation(() => RolePayload, {
    description: 'Takes a role away. For ORGANIZATION_ADMIN; the last of them stays.',
  })
  async revokeRole(
    @Args('input', { description: 'Whose, and which.' }) input: RevokeRoleInput,
    @CurrentViewer() viewer: PersonViewer,
  ): Promise<{ person: PersonRow }> {
    return { person: await this.service.revoke(viewer, input) };
  }
}

@Resolver(() => RolePayload)
export class RolePayloadResolver {
  constructor(private readonly roles: RoleLoader) {}

  @ResolveField('roles', () => [RoleEnum], { description: 'The roles that they hold now.' })
  async rolesNow(@Parent() { person }: { person: PersonRow }, @Context() op: Operation): Promise<Role[]> {
    return (await this.roles.byPerson(op).load(person.id)) ?? [];
  }
}
