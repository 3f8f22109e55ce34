import { Args, Context, Mutation, Parent, Query, Resolver } from '@nestjs/graphql';
import { AnyViewer, CurrentViewer } from '#auth';
import type { PersonViewer, Viewer } from '#db';
import { ForFormer, ForTokens, notFound, Operation, type Page, ResolveField } from '#graphql';
import type { DepartmentRow } from './department.entity.js';
import { DepartmentLoader } from './department.loader.js';
import { Department } from './department.model.js';
import type { LocationRow } from './location.entity.js';
import { LocationLoader } from './location.loader.js';
import { Location } from './location.model.js';
import type { OrganizationRow } from './organization.entity.js';
import { RenameInput, UpdateSettingsInput } from './organization.inputs.js';
import { OrganizationLoader } from './organization.loader.js';
import { Organization, OrganizationPayload, OrganizationSettings } from './organization.model.js';
import { OrganizationService } from './organization.service.js';
import type { PersonRow } from './person.entity.js';
import { PeopleArgs } from './person.inputs.js';
import { PersonConnection } from './person.model.js';
import { PersonService } from './person.service.js';

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
  @ForFormer()
  @Query(() => Organization, {
    nullable: true,
    description:
      "The viewer's organization. After the end of employment its name and settings, and nothing of its directory.",
  })
  async organization(@AnyViewer() viewer: Viewer, @Context() op: Operation): Promise<OrganizationRow> {
    const found = await this.loader.byId(op).load(viewer.organizationId);
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
    @Context() op: Operation,
  ): Promise<DepartmentRow[]> {
    return (await this.departmentLoader.ofOrganization(op).load(organization.id)) ?? [];
  }

  @ResolveField(() => [Location], { description: 'Its locations, by name.' })
  async locations(@Parent() organization: OrganizationRow, @Context() op: Operation): Promise<LocationRow[]> {
    return (await this.locationLoader.ofOrganization(op).load(organization.id)) ?? [];
  }

  @ResolveField(() => PersonConnection, { description: 'Its people, by name.' })
  people(@Args() args: PeopleArgs, @AnyViewer() viewer: Viewer): Promise<Page<PersonRow>> {
    return this.directory.page(viewer, args);
  }

  @Mutation(() => OrganizationPayload, { description: 'Changes the settings. For ORGANIZATION_ADMIN.' })
  async updateSettings(
    @Args('input', { description: 'What changes.' }) input: UpdateSettingsInput,
    @CurrentViewer() viewer: PersonViewer,
  ): Promise<{ organization: OrganizationRow }> {
    return { organization: await this.service.updateSettings(viewer, input) };
  }

  @Mutation(() => OrganizationPayload, {
    description: 'Renames a department, which keeps its id and its history. For PEOPLE_ADMIN.',
  })
  async renameDepartment(
    @Args('input', { description: 'Which, and how.' }) input: RenameInput,
    @CurrentViewer() viewer: PersonViewer,
  ): Promise<{ organization: OrganizationRow }> {
    return { organization: await this.service.renameDepartment(viewer, input) };
  }

  @Mutation(() => OrganizationPayload, {
    description: 'Renames a location, which keeps its id and its history. For PEOPLE_ADMIN.',
  })
  async renameLocation(
    @Args('input', { description: 'Which, and how.' }) input: RenameInput,
    @CurrentViewer() viewer: PersonViewer,
  ): Promise<{ organization: OrganizationRow }> {
    return { organization: await this.service.renameLocation(viewer, input) };
  }
}
