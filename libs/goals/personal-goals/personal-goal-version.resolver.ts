import { Parent, Resolver } from '@nestjs/graphql';
import { derivedId, ResolveId } from '#graphql';
import type { PersonalGoalVersionRow } from './personal-goal-version.entity.js';
import { PersonalGoalVersion } from './personal-goal-version.model.js';

@Resolver(() => PersonalGoalVersion)
export class PersonalGoalVersionResolver {
  @ResolveId()
  id(@Parent() { goalId, version }: PersonalGoalVersionRow): string {
    return derivedId('PersonalGoalVersion', goalId, version);
  }
}
