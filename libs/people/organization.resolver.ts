import { Context, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { ForTokens, Operation, notFound, unauthenticated } from '#graphql';
import type { OrganizationRow } from './organization.entity.js';
import { OrganizationLoader } from './organization.loader.js';
import { Organization, OrganizationSettings } from './organization.model.js';

@Resolver(() => Organization)
export class OrganizationResolver {
  constructor(private readonly loader: OrganizationLoader) {}

  @ForTokens('DIRECTORY_READ', 'DIRECTORY_WRITE')
  @Query(() => Organization, { description: "The viewer's organization." })
  async organization(@Context() op: Operation): Promise<OrganizationRow> {
    if (!op.viewer) throw unauthenticated();
    const found = await this.loader.byId(op).load(op.viewer.organizationId);
    if (!found) throw notFound();
    return found;
  }

  @ResolveField(() => OrganizationSettings, { description: 'What it has settled for all of its people.' })
  settings(@Parent() organization: OrganizationRow): OrganizationSettings {
    return organization;
  }
}
