import { Args, Context, ID, Mutation, Parent, Query, Resolver } from '@nestjs/graphql';
import { CurrentViewer, ForFormer } from '#auth';
import type { PersonViewer } from '#db';
import {
  DeleteInput,
  DeletePayload,
  EditConflict,
  IdPipe,
  Operation,
  type Page,
  PageArgs,
  ResolveField,
} from '#graphql';
import { Person, PersonLoader, type PersonRow } from '#people';
import { AudienceMember } from './audience.model.js';
import { AudienceService } from './audience.service.js';
import type { GoalShareRow } from './goal-share.entity.js';
import { GoalShareLoader } from './goal-share.loader.js';
import { GoalShare } from './goal-share.model.js';
import type { GoalUpdateRow } from './goal-update.entity.js';
import { GoalUpdateLoader } from './goal-update.loader.js';
import { GoalUpdateConnection } from './goal-update.model.js';
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
    private readonly updateLoader: GoalUpdateLoader,
    private readonly shareLoader: GoalShareLoader,
    private readonly people: PersonLoader,
  ) {}

  @ForFormer()
  @Query(() => PersonalGoal, {
    nullable: true,
    description:
      'A personal goal; null when there is none that the viewer may see. Its owner can see that a SHARED one was opened.',
  })
  personalGoal(
    @Context() op: Operation,
    @Args('id', { type: () => ID, description: 'The goal.' }, IdPipe) id: string,
  ): Promise<PersonalGoalRow | null> {
    return this.goals.opened(op).load(id);
  }

  @Query(() => [AudienceMember], {
    nullable: true,
    description: 'Who could read a goal of the viewer if it were shared so, and by which rule.',
  })
  whoWouldSee(
    @CurrentViewer() viewer: PersonViewer,
    @Args() args: WhoWouldSeeArgs,
  ): Promise<AudienceMember[]> {
    return this.audiences.whoWouldSee(viewer, args);
  }

  @Mutation(() => PersonalGoalPayload, { description: 'Write a personal goal down. PRIVATE unless told.' })
  async createPersonalGoal(
    @CurrentViewer() viewer: PersonViewer,
    @Args('input', { description: "The goal, in the owner's own words." }) input: CreatePersonalGoalInput,
  ): Promise<PersonalGoalPayload> {
    return { personalGoal: await this.service.create(viewer, input) };
  }

  @Mutation(() => UpdatePersonalGoalResult, { description: 'Edit a personal goal of one’s own.' })
  async updatePersonalGoal(
    @CurrentViewer() viewer: PersonViewer,
    @Args('input', { description: 'Which goal, the version that was seen, and what changes.' })
    input: UpdatePersonalGoalInput,
  ): Promise<PersonalGoalPayload | EditConflict> {
    const result = await this.service.update(viewer, input);
    return 'current' in result
      ? { __typename: 'EditConflict', current: result.current }
      : { __typename: 'PersonalGoalPayload', personalGoal: result.updated };
  }

  @ForFormer()
  @Mutation(() => DeletePayload, {
    description: 'Delete a personal goal of one’s own with everything that belongs to it, for good.',
  })
  async deletePersonalGoal(
    @CurrentViewer() viewer: PersonViewer,
    @Args('input', { description: 'Which goal.' }) { id }: DeleteInput,
  ): Promise<DeletePayload> {
    await this.service.remove(viewer, id);
    return { deletedId: id };
  }

  @Mutation(() => PersonalGoalPayload, { description: 'Set the milestones of a personal goal of one’s own.' })
  async setMilestones(
    @CurrentViewer() viewer: PersonViewer,
    @Args('input', { description: 'Which goal, and all its milestones in their order.' })
    input: SetMilestonesInput,
  ): Promise<PersonalGoalPayload> {
    return { personalGoal: await this.service.setMilestones(viewer, input) };
  }

  @ResolveField(() => Person, { description: 'Whose it is.' })
  owner(@Parent() goal: PersonalGoal, @Context() op: Operation): Promise<PersonRow | null> {
    return this.people.byId(op).load(goal.ownerId);
  }

  @ResolveField(() => [Milestone], {
    description: 'Its milestones in the owner’s order, as far as the viewer may see them.',
  })
  milestones(@Parent() goal: PersonalGoal, @Context() op: Operation): Promise<MilestoneRow[] | null> {
    return this.milestoneLoader.ofGoal(op).load(goal.id);
  }

  @ResolveField(() => GoalUpdateConnection, {
    description: 'What the owner wrote about how it goes, newest first, as far as the viewer may see it.',
  })
  updates(
    @Parent() goal: PersonalGoal,
    @Context() op: Operation,
    @Args() page: PageArgs,
  ): Promise<Page<GoalUpdateRow>> {
    return this.updateLoader.ofGoal(op, page).load(goal.id);
  }

  @ResolveField(() => [GoalShare], {
    nullable: true,
    description: 'All its shares, waiting and ended ones too, newest first. For the owner.',
  })
  shares(@Parent() goal: PersonalGoal, @Context() op: Operation): Promise<GoalShareRow[] | null> {
    return this.shareLoader.ofGoal(op).load(goal.id);
  }

  @ResolveField(() => [AudienceMember], {
    nullable: true,
    description:
      'For the owner: everyone and everything that can read this now, each with the rule that lets them in.',
  })
  audience(@Parent() goal: PersonalGoal, @Context() op: Operation): Promise<AudienceMember[] | null> {
    return this.shareLoader.audience(op).load(goal.id);
  }

  @ResolveField(() => [PersonalGoalVersion], {
    nullable: true,
    description: 'Its words over time, newest first, the last 100. For the owner.',
  })
  history(@Parent() goal: PersonalGoal, @Context() op: Operation): Promise<PersonalGoalVersionRow[] | null> {
    return this.goals.history(op).load(goal.id);
  }
}
