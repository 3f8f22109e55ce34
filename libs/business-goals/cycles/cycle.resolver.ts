import { Args, Context, Mutation, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { CurrentContext, RequestContext, type PersonRequest } from '#graphql';
import { Organization, type OrganizationRow } from '#people';
import type { CycleRow } from './cycle.entity.js';
import { CreateCycleInput, UpdateCycleInput } from './cycle.inputs.js';
import { CycleLoader } from './cycle.loader.js';
import { Cycle, CyclePayload } from './cycle.model.js';
import { CycleService } from './cycle.service.js';

@Resolver(() => Organization)
export class CycleResolver {
  constructor(
    private readonly service: CycleService,
    private readonly loader: CycleLoader,
  ) {}

  @ResolveField(() => [Cycle], { description: 'The cycles that business goals belong to, latest first.' })
  async cycles(@Parent() organization: OrganizationRow, @Context() ctx: RequestContext): Promise<CycleRow[]> {
    return (await this.loader.ofOrganization(ctx).load(organization.id)) ?? [];
  }

  @Mutation(() => CyclePayload, {
    description: 'Creates a cycle. Requires the role ORGANIZATION_ADMIN.',
  })
  createCycle(
    @CurrentContext() ctx: PersonRequest,
    @Args('input', { description: 'The cycle to create.' }) input: CreateCycleInput,
  ): Promise<CyclePayload> {
    return this.service.create(ctx, input);
  }

  @Mutation(() => CyclePayload, {
    description: 'Updates a cycle. Requires the role ORGANIZATION_ADMIN.',
  })
  updateCycle(
    @CurrentContext() ctx: PersonRequest,
    @Args('input', { description: 'The fields to change.' }) input: UpdateCycleInput,
  ): Promise<CyclePayload> {
    return this.service.update(ctx, input);
  }
}
