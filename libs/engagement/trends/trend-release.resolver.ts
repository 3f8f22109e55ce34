import { Args, Context, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import type { ViewerContext } from '#db';
import { PageArgs, RequestContext, ViewerOrToken, type Page } from '#graphql';
import { ForTokens } from '#identity';
import { Period } from '../periods/period.model.js';
import type { TrendResponseRow } from './responses/trend-response.entity.js';
import { TrendResponseLoader } from './responses/trend-response.loader.js';
import { TrendResponse } from './responses/trend-response.model.js';
import type { TrendReleaseRow } from './trend-release.entity.js';
import { TrendRelease, TrendReleaseConnection } from './trend-release.model.js';
import { TrendService } from './trend.service.js';

@Resolver(() => TrendRelease)
export class TrendReleaseResolver {
  constructor(
    private readonly service: TrendService,
    private readonly responseLoader: TrendResponseLoader,
  ) {}

  @ForTokens('TRENDS_READ')
  @Query(() => TrendReleaseConnection, {
    nullable: true,
    description:
      'The releases that the caller can read, the latest period first, a quarter before its last month.',
  })
  trendReleases(@Args() page: PageArgs, @ViewerOrToken() ctx: ViewerContext): Promise<Page<TrendReleaseRow>> {
    return this.service.releases(ctx, page);
  }

  @ResolveField(() => Period, { complexity: 0, description: 'The period.' })
  period(@Parent() { periodKey, startsOn, endsOn }: TrendReleaseRow): Period {
    return { key: periodKey, startsOn, endsOn, closed: true };
  }

  @ResolveField(() => [TrendResponse], {
    description: 'What is done about the quarter, by due date, the first 500. Empty for a month.',
  })
  async responses(
    @Parent() release: TrendReleaseRow,
    @Context() ctx: RequestContext,
  ): Promise<readonly TrendResponseRow[]> {
    return (await this.responseLoader.byRelease(ctx).load(release.id)) ?? [];
  }
}
