import { Args, Context, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { derivedId, type Page, PageArgs, RequestContext, ResolveId } from '#graphql';
import { AccessLogLoader } from '../access-log/access-log.loader.js';
import { AccessLogConnection, type AccessLogEntry } from '../access-log/access-log.model.js';
import { AudienceLoader } from '../shares/audience.loader.js';
import { AudienceMember } from '../shares/audience.model.js';
import type { PersonalGoalShareRow } from '../shares/personal-goal-share.entity.js';
import { PersonalGoalShareLoader } from '../shares/personal-goal-share.loader.js';
import { PersonalGoalShareConnection } from '../shares/personal-goal-share.model.js';
import { PersonalGoalOwnerView } from './personal-goal-owner-view.model.js';
import type { PersonalGoalVersionRow } from './personal-goal-version.entity.js';
import { PersonalGoalVersionLoader } from './personal-goal-version.loader.js';
import { PersonalGoalVersionConnection } from './personal-goal-version.model.js';

@Resolver(() => PersonalGoalOwnerView)
export class PersonalGoalOwnerViewResolver {
  constructor(
    private readonly shareLoader: PersonalGoalShareLoader,
    private readonly audienceLoader: AudienceLoader,
    private readonly accessLogLoader: AccessLogLoader,
    private readonly versionLoader: PersonalGoalVersionLoader,
  ) {}

  @ResolveId()
  id(@Parent() { goalId }: PersonalGoalOwnerView): string {
    return derivedId('PersonalGoalOwnerView', goalId);
  }

  @ResolveField(() => PersonalGoalShareConnection, {
    description: 'All shares of the goal, pending and ended ones included, newest first.',
  })
  shares(
    @Parent() { goalId }: PersonalGoalOwnerView,
    @Context() ctx: RequestContext,
    @Args() page: PageArgs,
  ): Promise<Page<PersonalGoalShareRow>> {
    return this.shareLoader.ofGoal(ctx, page).load(goalId);
  }

  @ResolveField(() => [AudienceMember], {
    description:
      'Everybody who can read the goal now, the owner first, each with the rule that permits it. Pending shares are not included.',
  })
  async audience(
    @Parent() { goalId }: PersonalGoalOwnerView,
    @Context() ctx: RequestContext,
  ): Promise<AudienceMember[]> {
    return (await this.audienceLoader.ofGoal(ctx).load(goalId)) ?? [];
  }

  @ResolveField(() => AccessLogConnection, {
    description: 'Who read the goal while it was SHARED, newest day first.',
  })
  accessLog(
    @Parent() { goalId }: PersonalGoalOwnerView,
    @Context() ctx: RequestContext,
    @Args() page: PageArgs,
  ): Promise<Page<AccessLogEntry>> {
    return this.accessLogLoader.ofGoal(ctx, page).load(goalId);
  }

  @ResolveField(() => PersonalGoalVersionConnection, {
    description:
      'The wordings of the title and the reason, newest first. The first entry is the current one.',
  })
  history(
    @Parent() { goalId }: PersonalGoalOwnerView,
    @Context() ctx: RequestContext,
    @Args() page: PageArgs,
  ): Promise<Page<PersonalGoalVersionRow>> {
    return this.versionLoader.ofGoal(ctx, page).load(goalId);
  }
}
