import { Args, Context, Mutation, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { CurrentContext, RequestContext, type EditConflict, type PersonRequest } from '#graphql';
import { Person, PersonLoader, type PersonRow } from '#people';
import { Period } from '../../periods/period.model.js';
import { TrendGroup } from '../trend.model.js';
import type { TrendResponseRow } from './trend-response.entity.js';
import { RespondToTrendInput, UpdateTrendResponseInput } from './trend-response.inputs.js';
import { TrendResponse, TrendResponsePayload, UpdateTrendResponseResult } from './trend-response.model.js';
import { TrendResponseService } from './trend-response.service.js';

@Resolver(() => TrendResponse)
export class TrendResponseResolver {
  constructor(
    private readonly service: TrendResponseService,
    private readonly people: PersonLoader,
  ) {}

  @Mutation(() => TrendResponsePayload, {
    description:
      'Publishes what is done about a released quarter, to everybody who can read it. HR_ANALYST for every group, the head of a group for that group.',
  })
  async respondToTrend(
    @CurrentContext() ctx: PersonRequest,
    @Args('input', { description: 'The quarter, the group, and what is done.' }) input: RespondToTrendInput,
  ): Promise<TrendResponsePayload> {
    return { response: await this.service.respond(ctx, input) };
  }

  @Mutation(() => UpdateTrendResponseResult, {
    description:
      'Updates a response: its text, its due date, and what became of it. HR_ANALYST and the head of the group can, also where the other wrote it.',
  })
  updateTrendResponse(
    @CurrentContext() ctx: PersonRequest,
    @Args('input', { description: 'The fields to change, and the version they are based on.' })
    input: UpdateTrendResponseInput,
  ): Promise<TrendResponsePayload | EditConflict> {
    return this.service.update(ctx, input);
  }

  @ResolveField(() => Period, { complexity: 0, description: 'The quarter.' })
  period(@Parent() { periodKey, startsOn, endsOn }: TrendResponseRow): Period {
    return { key: periodKey, startsOn, endsOn, closed: true };
  }

  @ResolveField(() => TrendGroup, {
    complexity: 0,
    description: 'The group that it is about, as it was in that quarter.',
  })
  group(@Parent() { groupKey, label, parentKey, validFrom, validUntil }: TrendResponseRow): TrendGroup {
    return { key: groupKey, label, parentKey, validFrom, validUntil };
  }

  @ResolveField(() => Person, {
    nullable: true,
    description: 'Who announced it. Null for an API token, which cannot read the directory.',
  })
  by(@Parent() { byId }: TrendResponseRow, @Context() ctx: RequestContext): Promise<PersonRow | null> {
    return this.people.byId(ctx).load(byId);
  }
}
