import { Context, Int, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { GoalVisibility, VisibilityBasis } from './enums.js';
import type { Operation } from './operation.js';
import { PersonalGoalMeasure, PersonalGoal } from './personal-goal.js';

@Resolver(() => PersonalGoal)
export class PersonalGoalResolver {
  @ResolveField(() => VisibilityBasis)
  basis(@Parent() goal: PersonalGoal, @Context() { viewerId }: Operation): VisibilityBasis {
    if (goal.ownerId === viewerId) return VisibilityBasis.OWNER;
    return goal.visibility === GoalVisibility.ORGANIZATION
      ? VisibilityBasis.ORGANIZATION_WIDE
      : VisibilityBasis.SHARED_BY_NAME;
  }

  @ResolveField(() => PersonalGoalMeasure, { nullable: true })
  measure(@Parent() goal: PersonalGoal): PersonalGoalMeasure | null {
    if (goal.measureUnit === null) return null;
    return {
      unit: goal.measureUnit,
      start: goal.measureStart,
      current: goal.measureCurrent,
      target: goal.measureTarget,
    };
  }

  @ResolveField(() => String, { nullable: true })
  area(@Parent() { own }: PersonalGoal): string | null {
    return own?.area ?? null;
  }

  @ResolveField(() => Int, { nullable: true })
  version(@Parent() { own }: PersonalGoal): number | null {
    return own?.version ?? null;
  }

  @ResolveField(() => Date, { nullable: true })
  createdAt(@Parent() { own }: PersonalGoal): Date | null {
    return own?.createdAt ?? null;
  }
}
