import { Args, Context, Mutation, Parent, Resolver } from '@nestjs/graphql';
import { CurrentContext, RequestContext, ResolveField, type PersonRequest } from '#graphql';
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

  @ResolveField(() => [Cycle], { description: 'What its business goals are set for, the latest first.' })
  async cycles(@Parent() organization: OrganizationRow, @Context() ctx: RequestContext): Promise<CycleRow[]> {
    return (await this.loader.ofOrganization(ctx).load(organization.id)) ?? [];
  }

  @Mutation(() => CyclePayload, { description: 'Makes a cycle. For ORGANIZATION_ADMIN.' })
  createCycle(
    @CurrentContext() ctx: PersonRequest,
    @Args('input', { description: 'The cycle.' }) input: CreateCycleInput,
  ): Promise<CyclePayload> {
    return this.service.create(ctx, input);
  }

  @Mutation(() => CyclePayload, { description: 'Changes a cycle. For ORGANIZATION_ADMIN.' })
  updateCycle(
    @CurrentContext() ctx: PersonRequest,
    @Args('input', { description: 'What changes.' }) input: UpdateCycleInput,
  ): Promise<CyclePayload> {
    return this.service.update(ctx, input);
  }
}
