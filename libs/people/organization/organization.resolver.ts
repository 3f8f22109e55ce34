import { Args, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import type { PersonContext } from '#db';
import { CurrentContext, derivedId, notFound, ViewerOrToken, type ViewerRequest } from '#graphql';
import { AllowFormerEmployees, ForTokens } from '#identity';
import { RenameInput } from '../directory/department-location.inputs.js';
import type { OrganizationRow } from './organization.entity.js';
import { UpdateSettingsInput } from './organization.inputs.js';
import { OrganizationLoader } from './organization.loader.js';
import { Organization, OrganizationPayload, OrganizationSettings } from './organization.model.js';
import { OrganizationService } from './organization.service.js';

@Resolver(() => Organization)
export class OrganizationResolver {
  constructor(
    private readonly loader: OrganizationLoader,
    private readonly service: OrganizationService,
  ) {}

  @ForTokens('DIRECTORY_READ', 'DIRECTORY_WRITE')
  @AllowFormerEmployees()
  @Query(() => Organization, {
    nullable: true,
    description:
      "The viewer's organization. A former employee can read its name and settings, and nothing of its directory.",
  })
  async organization(@ViewerOrToken() ctx: ViewerRequest): Promise<OrganizationRow> {
    const found = await this.loader.byId(ctx).load(ctx.viewer.organizationId);
    if (!found) throw notFound();
    return found;
  }

  @ResolveField(() => OrganizationSettings, {
    description: 'Settings that apply to everybody in the organization.',
  })
  settings(@Parent() organization: OrganizationRow): OrganizationSettings {
    return {
      ...organization,
      get id() {
        return derivedId('OrganizationSettings', organization.id);
      },
    };
  }

  @Mutation(() => OrganizationPayload, {
    description: "Changes the organization's settings. For ORGANIZATION_ADMIN.",
  })
  async updateSettings(
    @Args('input', { description: 'The settings to change.' }) input: UpdateSettingsInput,
    @CurrentContext() ctx: PersonContext,
  ): Promise<{ organization: OrganizationRow }> {
    return { organization: await this.service.updateSettings(ctx, input) };
  }

  @Mutation(() => OrganizationPayload, { description: 'Renames the organization. For ORGANIZATION_ADMIN.' })
  async renameOrganization(
    @Args('input', { description: "The ID of the viewer's organization, and its new name." })
    input: RenameInput,
    @CurrentContext() ctx: PersonContext,
  ): Promise<{ organization: OrganizationRow }> {
    return { organization: await this.service.rename(ctx, input) };
  }
}
