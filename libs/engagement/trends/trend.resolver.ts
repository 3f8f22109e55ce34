import { Args, Query, Resolver } from '@nestjs/graphql';
import type { ViewerContext } from '#db';
import { ViewerOrToken } from '#graphql';
import { ForTokens } from '#identity';
import { EngagementTrendArgs } from './trend.inputs.js';
import { EngagementTrend } from './trend.model.js';
import { TrendService } from './trend.service.js';

@Resolver(() => EngagementTrend)
export class TrendResolver {
  constructor(private readonly service: TrendService) {}

  @ForTokens('TRENDS_READ')
  @Query(() => EngagementTrend, {
    nullable: true,
    description:
      'Released figures over time. HR_ANALYST and API tokens with TRENDS_READ read a period from its release on, other people from its publication on, as far as the setting `trendsVisibleTo` lets them; periods that the caller cannot read are missing. Barrier metrics exist for the organization only.',
  })
  engagementTrend(
    @Args() args: EngagementTrendArgs,
    @ViewerOrToken() ctx: ViewerContext,
  ): Promise<EngagementTrend> {
    return this.service.trend(ctx, args);
  }
}
