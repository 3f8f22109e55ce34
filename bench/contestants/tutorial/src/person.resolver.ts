import { Args, Context, Int, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import type { Operation } from './operation.js';
import { Person, Viewer } from './person.js';
import { PersonalGoalConnection } from './personal-goal.js';

@Resolver(() => Viewer)
export class ViewerResolver {
  @Query(() => Viewer)
  viewer(): Viewer {
    return new Viewer();
  }

  @ResolveField(() => Person, { nullable: true })
  person(@Context() { loaders, viewerId }: Operation) {
    return viewerId === null ? null : loaders.person.load(viewerId);
  }
}

@Resolver(() => Person)
export class PersonResolver {
  @ResolveField(() => PersonalGoalConnection)
  async personalGoals(
    @Parent() person: Person,
    @Args('first', { type: () => Int, defaultValue: 20 }) first: number,
    @Context() { loaders }: Operation,
  ) {
    const goals = await loaders.personalGoals.load(person.id);
    return { nodes: goals.slice(0, first) };
  }
}
