import { Args, Context, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { derivedId, type Page, PageArgs, RequestContext } from '#graphql';
import { Person, PersonLoader, type PersonRow } from '#people';
import type { MilestoneRow } from '../milestones/milestone.entity.js';
import { MilestoneLoader } from '../milestones/milestone.loader.js';
import { Milestone } from '../milestones/milestone.model.js';
import type { PersonalGoalUpdateRow } from '../updates/personal-goal-update.entity.js';
import { PersonalGoalUpdateLoader } from '../updates/personal-goal-update.loader.js';
import { PersonalGoalUpdateConnection } from '../updates/personal-goal-update.model.js';
import type { PersonalGoalRow } from './personal-goal.entity.js';
import { PersonalGoal, PersonalGoalMeasure } from './personal-goal.model.js';
import { PersonalGoalOwnerView } from './personal-goal-owner-view.model.js';
import { canPropose, ownerViewOf } from './personal-goal.rules.js';

@Resolver(() => PersonalGoal)
export class PersonalGoalFieldsResolver {
  constructor(
    private readonly milestoneLoader: MilestoneLoader,
    private readonly updateLoader: PersonalGoalUpdateLoader,
    private readonly people: PersonLoader,
  ) {}

  @ResolveField(() => Person, { description: 'The person whose goal it is.' })
  owner(@Parent() goal: PersonalGoalRow, @Context() ctx: RequestContext): Promise<PersonRow | null> {
    return this.people.byId(ctx).load(goal.ownerId);
  }

  @ResolveField(() => PersonalGoalMeasure, {
    nullable: true,
    description: 'How the goal is measured. Null unless the owner chose to measure it.',
  })
  measure(@Parent() { id, measure }: PersonalGoalRow): PersonalGoalMeasure | null {
    return (
      measure && {
        ...measure,
        get id() {
          return derivedId('PersonalGoalMeasure', id);
        },
      }
    );
  }

  @ResolveField(() => [Milestone], {
    description: 'The milestones that the viewer can see, in the owner’s order, at most 100.',
  })
  milestones(
    @Parent() goal: PersonalGoalRow,
    @Context() ctx: RequestContext,
  ): Promise<MilestoneRow[] | null> {
    return this.milestoneLoader.ofGoal(ctx).load(goal.id);
  }

  @ResolveField(() => PersonalGoalUpdateConnection, {
    description: 'The updates that the viewer can see, latest date first.',
  })
  updates(
    @Parent() goal: PersonalGoalRow,
    @Context() ctx: RequestContext,
    @Args() page: PageArgs,
  ): Promise<Page<PersonalGoalUpdateRow>> {
    return this.updateLoader.ofGoal(ctx, page).load(goal.id);
  }

  @ResolveField(() => Boolean, {
    description:
      'Whether the viewer may propose business goals to be part of this goal. False for the owner, who places them.',
  })
  viewerCanPropose(@Parent() goal: PersonalGoalRow): boolean {
    return canPropose(goal);
  }

  @ResolveField(() => PersonalGoalOwnerView, {
    nullable: true,
    description: 'What only the owner sees. Null for everybody else.',
  })
  ownerView(@Parent() goal: PersonalGoalRow): PersonalGoalOwnerView | null {
    return ownerViewOf(goal);
  }
}
