import { Args, Context, Mutation, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import type { PersonContext } from '#db';
import { CurrentContext, RequestContext } from '#graphql';
import type { OrganizationRow } from '../organization/organization.entity.js';
import { Organization, OrganizationPayload } from '../organization/organization.model.js';
import type { NamedRow } from './department-location.entity.js';
import { MergeInput, RenameInput } from './department-location.inputs.js';
import { DepartmentLoader, LocationLoader } from './department-location.loader.js';
import { Department, Location } from './department-location.model.js';
import { DepartmentService, LocationService } from './department-location.service.js';

type Payload = Promise<{ organization: OrganizationRow }>;

@Resolver(() => Organization)
export class DepartmentLocationResolver {
  constructor(
    private readonly departmentLoader: DepartmentLoader,
    private readonly locationLoader: LocationLoader,
    private readonly departmentService: DepartmentService,
    private readonly locationService: LocationService,
  ) {}

  @ResolveField(() => [Department], { description: 'The departments, ordered by name.' })
  async departments(@Parent() { id }: OrganizationRow, @Context() ctx: RequestContext): Promise<NamedRow[]> {
    return (await this.departmentLoader.ofOrganization(ctx).load(id)) ?? [];
  }

  @ResolveField(() => [Location], { description: 'The locations, ordered by name.' })
  async locations(@Parent() { id }: OrganizationRow, @Context() ctx: RequestContext): Promise<NamedRow[]> {
    return (await this.locationLoader.ofOrganization(ctx).load(id)) ?? [];
  }

  @Mutation(() => OrganizationPayload, {
    description:
      'Renames a department. For PEOPLE_ADMIN. If another department has the name, the error is CONFLICT and its extension `conflictingId` is the ID of that department, to pass to `mergeDepartments`.',
  })
  async renameDepartment(
    @Args('input', { description: 'The department and its new name.' }) input: RenameInput,
    @CurrentContext() ctx: PersonContext,
  ): Payload {
    return { organization: await this.departmentService.rename(ctx, input) };
  }

  @Mutation(() => OrganizationPayload, {
    description:
      'Renames a location. For PEOPLE_ADMIN. If another location has the name, the error is CONFLICT and its extension `conflictingId` is the ID of that location, to pass to `mergeLocations`.',
  })
  async renameLocation(
    @Args('input', { description: 'The location and its new name.' }) input: RenameInput,
    @CurrentContext() ctx: PersonContext,
  ): Payload {
    return { organization: await this.locationService.rename(ctx, input) };
  }

  @Mutation(() => OrganizationPayload, {
    description:
      'Merges one department into another: moves everybody in it and removes it. For PEOPLE_ADMIN. It cannot be undone.',
  })
  async mergeDepartments(
    @Args('input', { description: 'The department to remove and the one that remains.' }) input: MergeInput,
    @CurrentContext() ctx: PersonContext,
  ): Payload {
    return { organization: await this.departmentService.merge(ctx, input) };
  }

  @Mutation(() => OrganizationPayload, {
    description:
      'Merges one location into another: moves everybody assigned to it and removes it. For PEOPLE_ADMIN. It cannot be undone.',
  })
  async mergeLocations(
    @Args('input', { description: 'The location to remove and the one that remains.' }) input: MergeInput,
    @CurrentContext() ctx: PersonContext,
  ): Payload {
    return { organization: await this.locationService.merge(ctx, input) };
  }
}
