import { Args, Context, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { type Page, PageArgs, RequestContext } from '#graphql';
import { Person, PersonConnection, PersonLoader, type PersonRow } from '#people';
import type { CycleRow } from '../cycles/cycle.entity.js';
import { CycleLoader } from '../cycles/cycle.loader.js';
import { Cycle } from '../cycles/cycle.model.js';
import { AssigneeLoader } from './assignee.loader.js';
import type { BusinessGoalRow } from './business-goal.entity.js';
import { BusinessGoalLoader } from './business-goal.loader.js';
import { BusinessGoal, BusinessGoalConnection } from './business-goal.model.js';
import { isOwner, takesCheckIns } from './business-goal.rules.js';

@Resolver(() => BusinessGoal)
export class BusinessGoalFieldsResolver {
  constructor(
    private readonly goals: BusinessGoalLoader,
    private readonly people: PersonLoader,
    private readonly cycleLoader: CycleLoader,
    private readonly assigneeLoader: AssigneeLoader,
  ) {}

  @ResolveField(() => Person, { description: 'The person who owns the goal and can edit it.' })
  owner(@Parent() goal: BusinessGoalRow, @Context() ctx: RequestContext): Promise<PersonRow | null> {
    return this.people.byId(ctx).load(goal.ownerId);
  }

  @ResolveField(() => Cycle, { description: 'The cycle that the goal belongs to.' })
  cycle(@Parent() goal: BusinessGoalRow, @Context() ctx: RequestContext): Promise<CycleRow | null> {
    return this.cycleLoader.byId(ctx).load(goal.cycleId);
  }

  @ResolveField(() => BusinessGoal, {
    nullable: true,
    description:
      'The goal that this one is part of. Null if there is none, or if it is a draft that the viewer cannot see.',
  })
  parent(
    @Parent() goal: BusinessGoalRow,
    @Context() ctx: RequestContext,
  ): Promise<BusinessGoalRow | null> | null {
    return goal.parentGoalId === null ? null : this.goals.byId(ctx).load(goal.parentGoalId);
  }

  @ResolveField(() => BusinessGoalConnection, {
    description:
      'The goals directly below this one, by date of publication, oldest first. Drafts only if the viewer can see them.',
  })
  children(
    @Parent() goal: BusinessGoalRow,
    @Args() page: PageArgs,
    @Context() ctx: RequestContext,
  ): Promise<Page<BusinessGoalRow>> {
    return this.goals.children(ctx, page).load(goal.id);
  }

  @ResolveField(() => BusinessGoal, {
    nullable: true,
    description: 'The goal of an earlier cycle that this one continues. Null if it continues none.',
  })
  continues(
    @Parent() goal: BusinessGoalRow,
    @Context() ctx: RequestContext,
  ): Promise<BusinessGoalRow | null> | null {
    return goal.continuesId === null ? null : this.goals.byId(ctx).load(goal.continuesId);
  }

  @ResolveField(() => BusinessGoal, {
    nullable: true,
    description: 'The goal of a later cycle that continues this one. Null if it has not been continued.',
  })
  continuedBy(
    @Parent() goal: BusinessGoalRow,
    @Context() ctx: RequestContext,
  ): Promise<BusinessGoalRow | null> {
    return this.goals.continuationOf(ctx).load(goal.id);
  }

  @ResolveField(() => PersonConnection, { description: 'The people who work on the goal, by name.' })
  assignees(
    @Parent() goal: BusinessGoalRow,
    @Args() page: PageArgs,
    @Context() ctx: RequestContext,
  ): Promise<Page<PersonRow>> {
    return this.assigneeLoader.ofGoal(ctx, page).load(goal.id);
  }

  @ResolveField(() => Boolean, { description: 'Whether the viewer can edit the goal, as its owner.' })
  viewerCanEdit(@Parent() goal: BusinessGoalRow, @Context() ctx: RequestContext): boolean {
    return isOwner(ctx, goal);
  }

  @ResolveField(() => Boolean, {
    description: 'Whether the viewer can check in: the goal is open, and they own it or are assigned to it.',
  })
  async viewerCanCheckIn(@Parent() goal: BusinessGoalRow, @Context() ctx: RequestContext): Promise<boolean> {
    if (!takesCheckIns(goal.state)) return false;
    return isOwner(ctx, goal) || (await this.assigneeLoader.isViewerAssigned(ctx).load(goal.id)) === true;
  }
}
