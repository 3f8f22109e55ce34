import { Args, Context, ID, Query, Resolver } from '@nestjs/graphql';
import type { PersonContext } from '#db';
import { CurrentContext, IdPipe, RequestContext } from '#graphql';
import { AllowFormerEmployees } from '#identity';
import { WhoWouldSeeArgs } from '../shares/audience.inputs.js';
import { AudienceMember } from '../shares/audience.model.js';
import { AudienceService } from '../shares/audience.service.js';
import type { PersonalGoalRow } from './personal-goal.entity.js';
import { PersonalGoalLoader } from './personal-goal.loader.js';
import { PersonalGoal } from './personal-goal.model.js';

@Resolver(() => PersonalGoal)
export class PersonalGoalResolver {
  constructor(
    private readonly goals: PersonalGoalLoader,
    private readonly audiences: AudienceService,
  ) {}

  @AllowFormerEmployees()
  @Query(() => PersonalGoal, {
    nullable: true,
    description:
      'The personal goal with this ID. Null if there is none that the viewer can see. Opening a SHARED goal of another person is recorded in its owner’s access log.',
  })
  personalGoal(
    @Context() ctx: RequestContext,
    @Args('id', { type: () => ID, description: 'The ID of the personal goal.' }, IdPipe) id: string,
  ): Promise<PersonalGoalRow | null> {
    return this.goals.opened(ctx).load(id);
  }

  @Query(() => [AudienceMember], {
    nullable: true,
    description:
      'Everybody who could read one of the viewer’s goals with this visibility and these people, and by which rule. Nothing is changed. The current shares of the goal are included unless the visibility is PRIVATE.',
  })
  whoWouldSee(
    @CurrentContext() ctx: PersonContext,
    @Args() args: WhoWouldSeeArgs,
  ): Promise<AudienceMember[]> {
    return this.audiences.whoWouldSee(ctx, args);
  }
}
