import { Args, Context, Mutation, Parent, Query, Resolver } from '@nestjs/graphql';
import type { PersonContext, ViewerContext } from '#db';
import {
  CurrentContext,
  notFound,
  type Page,
  RequestContext,
  ResolveField,
  ViewerOrToken,
  type ViewerRequest,
} from '#graphql';
import { AllowFormerEmployees, ForTokens } from '#identity';
import type { DepartmentRow } from '../directory/department.entity.js';
import { DepartmentLoader } from '../directory/department.loader.js';
import { Department } from '../directory/department.model.js';
import type { LocationRow } from '../directory/location.entity.js';
import { LocationLoader } from '../directory/location.loader.js';
import { Location } from '../directory/location.model.js';
import type { PersonRow } from '../directory/person.entity.js';
import { PeopleArgs } from '../directory/person.inputs.js';
import { PersonConnection } from '../directory/person.model.js';
import { PersonService } from '../directory/person.service.js';
import type { OrganizationRow } from './organization.entity.js';
import { RenameInput, UpdateSettingsInput } from './organization.inputs.js';
import { OrganizationLoader } from './organization.loader.js';
import { Organization, OrganizationPayload, OrganizationSettings } from './organization.model.js';
import { OrganizationService } from './organization.service.js';

@Resolver(() => Organization)
export class OrganizationResolver {
  constructor(
    private readonly loader: OrganizationLoader,
    private readonly service: OrganizationService,
    private readonly departmentLoader: DepartmentLoader,
    private readonly locationLoader: LocationLoader,
    private readonly directory: PersonService,
  ) {}

  @ForTokens('DIRECTORY_READ', 'DIRECTORY_WRITE')
  @AllowFormerEmployees()
  @Query(() => Organization, {
    nullable: true,
    description:
      "The viewer's organization. After the end of employment its name and settings, and nothing of its directory.",
  })
  async organization(@ViewerOrToken() ctx: ViewerRequest): Promise<OrganizationRow> {
    const found = await this.loader.byId(ctx).load(ctx.viewer.organizationId);
    if (!found) throw notFound();
    return found;
  }

  @ResolveField(() => OrganizationSettings, { description: 'What it has settled for all of its people.' })
  settings(@Parent() organization: OrganizationRow): OrganizationSettings {
    return organization;
  }

  @ResolveField(() => [Department], { description: 'Its departments, by name.' })
  async departments(
    @Parent() organization: OrganizationRow,
    @Context() ctx: RequestContext,
  ): Promise<DepartmentRow[]> {
    return (await this.departmentLoader.ofOrganization(ctx).load(organization.id)) ?? [];
  }

  @ResolveField(() => [Location], { description: 'Its locations, by name.' })
  async locations(
    @Parent() organization: OrganizationRow,
    @Context() ctx: RequestContext,
  ): Promise<LocationRow[]> {
    return (await this.locationLoader.ofOrganization(ctx).load(organization.id)) ?? [];
  }

  @ResolveField(() => PersonConnection, { description: 'Its people, by name.' })
  people(@Args() args: PeopleArgs, @ViewerOrToken() ctx: ViewerContext): Promise<Page<PersonRow>> {
    return this.directory.page(ctx, args);
  }

  @Mutation(() => OrganizationPayload, { description: 'Changes the settings. For ORGANIZATION_ADMIN.' })
  async updateSettings(
    @Args('input', { description: 'What changes.' }) input: UpdateSettingsInput,
    @CurrentContext() ctx: PersonContext,
  ): Promise<{ organization: OrganizationRow }> {
    return { organization: await this.service.updateSettings(ctx, input) };
  }

  @Mutation(() => OrganizationPayload, {
    description: 'Renames a department, which keeps its id and its history. For PEOPLE_ADMIN.',
  })
  async renameDepartment(
    @Args('input', { description: 'Which, and how.' }) input: RenameInput,
    @CurrentContext() ctx: PersonContext,
  ): Promise<{ organization: OrganizationRow }> {
    return { organization: await this.service.renameDepartment(ctx, input) };
  }

  @Mutation(() => OrganizationPayload, {
    description: 'Renames a location, which keeps its id and its history. For PEOPLE_ADMIN.',
  })
  async renameLocation(
    @Args('input', { description: 'Which, and how.' }) input: RenameInput,
    @CurrentContext() ctx: PersonContext,
  ): Promise<{ organization: OrganizationRow }> {
    return { organization: await this.service.renameLocation(ctx, input) };
  }
}
