import { Args, Context, ID, Mutation, Parent, Query, Resolver } from '@nestjs/graphql';
import type { PersonContext } from '#db';
import {
  CurrentContext,
  DeleteInput,
  DeletePayload,
  EditConflict,
  IdPipe,
  type Page,
  PageArgs,
  RequestContext,
  ResolveField,
} from '#graphql';
import { AllowFormerEmployees } from '#identity';
import { Person, PersonLoader, type PersonRow } from '#people';
import { AudienceMember } from '../shares/audience.model.js';
import { AudienceService } from '../shares/audience.service.js';
import type { PersonalGoalShareRow } from '../shares/personal-goal-share.entity.js';
import { PersonalGoalShareLoader } from '../shares/personal-goal-share.loader.js';
import { PersonalGoalShare } from '../shares/personal-goal-share.model.js';
import type { PersonalGoalUpdateRow } from './personal-goal-update.entity.js';
import { PersonalGoalUpdateLoader } from './personal-goal-update.loader.js';
import { PersonalGoalUpdateConnection } from './personal-goal-update.model.js';
import type { MilestoneRow } from './milestone.entity.js';
import { MilestoneLoader } from './milestone.loader.js';
import { Milestone } from './milestone.model.js';
import type { PersonalGoalRow, PersonalGoalVersionRow } from './personal-goal.entity.js';
import {
  CreatePersonalGoalInput,
  PersonalGoalPayload,
  SetMilestonesInput,
  UpdatePersonalGoalInput,
  UpdatePersonalGoalResult,
  WhoWouldSeeArgs,
} from './personal-goal.inputs.js';
import { PersonalGoalLoader } from './personal-goal.loader.js';
import { PersonalGoal, PersonalGoalVersion } from './personal-goal.model.js';
import { PersonalGoalService } from './personal-goal.service.js';

@Resolver(() => PersonalGoal)
export class PersonalGoalResolver {
  constructor(
    private readonly service: PersonalGoalService,
    private readonly audiences: AudienceService,
    private readonly goals: PersonalGoalLoader,
    private readonly milestoneLoader: MilestoneLoader,
    private readonly updateLoader: PersonalGoalUpdateLoader,
    private readonly shareLoader: PersonalGoalShareLoader,
    private readonly people: PersonLoader,
  ) {}

  @AllowFormerEmployees()
  @Query(() => PersonalGoal, {
    nullable: true,
    description:
      'A personal goal; null when there is none that the viewer may see. Its owner can see that a SHARED one was opened.',
  })
  personalGoal(
    @Context() ctx: RequestContext,
    @Args('id', { type: () => ID, description: 'The goal.' }, IdPipe) id: string,
  ): Promise<PersonalGoalRow | null> {
    return this.goals.opened(ctx).load(id);
  }

  @Query(() => [AudienceMember], {
    nullable: true,
    description: 'Who could read a goal of the viewer if it were shared so, and by which rule.',
  })
  whoWouldSee(
    @CurrentContext() ctx: PersonContext,
    @Args() args: WhoWouldSeeArgs,
  ): Promise<AudienceMember[]> {
    return this.audiences.whoWouldSee(ctx, args);
  }

  @Mutation(() => PersonalGoalPayload, { description: 'Write a personal goal down. PRIVATE unless told.' })
  async createPersonalGoal(
    @CurrentContext() ctx: PersonContext,
    @Args('input', { description: "The goal, in the owner's own words." }) input: CreatePersonalGoalInput,
  ): Promise<PersonalGoalPayload> {
    return { personalGoal: await this.service.create(ctx, input) };
  }

  @Mutation(() => UpdatePersonalGoalResult, { description: 'Edit a personal goal of one’s own.' })
  async updatePersonalGoal(
    @CurrentContext() ctx: PersonContext,
    @Args('input', { description: 'Which goal, the version that was seen, and what changes.' })
    input: UpdatePersonalGoalInput,
  ): Promise<PersonalGoalPayload | EditConflict> {
    const result = await this.service.update(ctx, input);
    return 'current' in result
      ? { __typename: 'EditConflict', current: result.current }
      : { __typename: 'PersonalGoalPayload', personalGoal: result.updated };
  }

  @AllowFormerEmployees()
  @Mutation(() => DeletePayload, {
    description: 'Delete a personal goal of one’s own with everything that belongs to it, for good.',
  })
  async deletePersonalGoal(
    @CurrentContext() ctx: PersonContext,
    @Args('input', { description: 'Which goal.' }) { id }: DeleteInput,
  ): Promise<DeletePayload> {
    await this.service.remove(ctx, id);
    return { deletedId: id };
  }

  @Mutation(() => PersonalGoalPayload, { description: 'Set the milestones of a personal goal of one’s own.' })
  async setMilestones(
    @CurrentContext() ctx: PersonContext,
    @Args('input', { description: 'Which goal, and all its milestones in their order.' })
    input: SetMilestonesInput,
  ): Promise<PersonalGoalPayload> {
    return { personalGoal: await this.service.setMilestones(ctx, input) };
  }

  @ResolveField(() => Person, { description: 'Whose it is.' })
  owner(@Parent() goal: PersonalGoal, @Context() ctx: RequestContext): Promise<PersonRow | null> {
    return this.people.byId(ctx).load(goal.ownerId);
  }

  @ResolveField(() => [Milestone], {
    description: 'Its milestones in the owner’s order, as far as the viewer may see them.',
  })
  milestones(@Parent() goal: PersonalGoal, @Context() ctx: RequestContext): Promise<MilestoneRow[] | null> {
    return this.milestoneLoader.ofGoal(ctx).load(goal.id);
  }

  @ResolveField(() => PersonalGoalUpdateConnection, {
    description: 'What the owner wrote about how it goes, newest first, as far as the viewer may see it.',
  })
  updates(
    @Parent() goal: PersonalGoal,
    @Context() ctx: RequestContext,
    @Args() page: PageArgs,
  ): Promise<Page<PersonalGoalUpdateRow>> {
    return this.updateLoader.ofGoal(ctx, page).load(goal.id);
  }

  @ResolveField(() => [PersonalGoalShare], {
    nullable: true,
    description: 'All its shares, waiting and ended ones too, newest first. For the owner.',
  })
  shares(
    @Parent() goal: PersonalGoal,
    @Context() ctx: RequestContext,
  ): Promise<PersonalGoalShareRow[] | null> {
    return this.shareLoader.ofGoal(ctx).load(goal.id);
  }

  @ResolveField(() => [AudienceMember], {
    nullable: true,
    description:
      'For the owner: everyone and everything that can read this now, each with the rule that lets them in.',
  })
  audience(@Parent() goal: PersonalGoal, @Context() ctx: RequestContext): Promise<AudienceMember[] | null> {
    return this.shareLoader.audience(ctx).load(goal.id);
  }

  @ResolveField(() => [PersonalGoalVersion], {
    nullable: true,
    description: 'Its words over time, newest first, the last 100. For the owner.',
  })
  history(
    @Parent() goal: PersonalGoal,
    @Context() ctx: RequestContext,
  ): Promise<PersonalGoalVersionRow[] | null> {
    return this.goals.history(ctx).load(goal.id);
  }
}
