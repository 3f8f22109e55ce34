import { Args, Context, Float, ID, Mutation, Parent, Query, Resolver } from '@nestjs/graphql';
import type { PersonContext } from '#db';
import {
  CurrentContext,
  type EditConflict,
  IdPipe,
  type Page,
  PageArgs,
  RequestContext,
  ResolveField,
  type PersonRequest,
} from '#graphql';
import { Person, PersonConnection, PersonLoader, type PersonRow } from '#people';
import type { CheckInRow } from '../check-ins/check-in.entity.js';
import { CheckInLoader } from '../check-ins/check-in.loader.js';
import { CheckInConnection } from '../check-ins/check-in.model.js';
import type { CycleRow } from '../cycles/cycle.entity.js';
import { CycleLoader } from '../cycles/cycle.loader.js';
import { Cycle } from '../cycles/cycle.model.js';
import type { KeyResultRow } from '../key-results/key-result.entity.js';
import { SetKeyResultsInput } from '../key-results/key-result.inputs.js';
import { KeyResultLoader } from '../key-results/key-result.loader.js';
import { KeyResult } from '../key-results/key-result.model.js';
import { meanProgress } from '../key-results/key-result.progress.js';
import { AssigneeLoader } from './assignee.loader.js';
import type { BusinessGoalRow } from './business-goal.entity.js';
import {
  AssignBusinessGoalInput,
  BusinessGoalsArgs,
  CreateBusinessGoalInput,
  UpdateBusinessGoalInput,
} from './business-goal.inputs.js';
import { BusinessGoalLoader } from './business-goal.loader.js';
import {
  BusinessGoal,
  BusinessGoalConnection,
  BusinessGoalPayload,
  UpdateBusinessGoalResult,
} from './business-goal.model.js';
import { BusinessGoalService } from './business-goal.service.js';

@Resolver(() => BusinessGoal)
export class BusinessGoalResolver {
  constructor(
    private readonly service: BusinessGoalService,
    private readonly loader: BusinessGoalLoader,
  ) {}

  @Query(() => BusinessGoal, {
    nullable: true,
    description: 'A business goal; null where the viewer may see none.',
  })
  businessGoal(
    @Context() ctx: RequestContext,
    @Args('id', { type: () => ID, description: 'Its id.' }, IdPipe) id: string,
  ): Promise<BusinessGoalRow | null> {
    return this.loader.byId(ctx).load(id);
  }

  @Query(() => BusinessGoalConnection, {
    nullable: true,
    description:
      "The organization's business goals, newest first; drafts only where the viewer owns them or is assigned.",
  })
  businessGoals(
    @CurrentContext() ctx: PersonContext,
    @Args() args: BusinessGoalsArgs,
  ): Promise<Page<BusinessGoalRow>> {
    return this.service.page(ctx, args);
  }

  @Mutation(() => BusinessGoalPayload, { description: 'Makes a business goal. Anybody may, and owns it.' })
  createBusinessGoal(
    @CurrentContext() ctx: PersonRequest,
    @Args('input', { description: 'The goal.' }) input: CreateBusinessGoalInput,
  ): Promise<BusinessGoalPayload> {
    return this.service.create(ctx, input);
  }

  @Mutation(() => UpdateBusinessGoalResult, {
    description: 'Changes a business goal, hands it on, publishes or cancels it. For its owner.',
  })
  updateBusinessGoal(
    @CurrentContext() ctx: PersonRequest,
    @Args('input', { description: 'What changes.' }) input: UpdateBusinessGoalInput,
  ): Promise<BusinessGoalPayload | EditConflict> {
    return this.service.update(ctx, input);
  }

  @Mutation(() => BusinessGoalPayload, {
    description:
      'Replaces the key results of a business goal; those given with their ids stay who they are. For its owner.',
  })
  setKeyResults(
    @CurrentContext() ctx: PersonRequest,
    @Args('input', { description: 'The key results.' }) input: SetKeyResultsInput,
  ): Promise<BusinessGoalPayload> {
    return this.service.setKeyResults(ctx, input);
  }

  @Mutation(() => BusinessGoalPayload, {
    description: 'Assigns a business goal to people, or takes it from them. For its owner.',
  })
  assignBusinessGoal(
    @CurrentContext() ctx: PersonRequest,
    @Args('input', { description: 'Who, and who no longer.' }) input: AssignBusinessGoalInput,
  ): Promise<BusinessGoalPayload> {
    return this.service.assign(ctx, input);
  }
}

/** What a business goal points to. */
@Resolver(() => BusinessGoal)
export class BusinessGoalFieldsResolver {
  constructor(
    private readonly goals: BusinessGoalLoader,
    private readonly people: PersonLoader,
    private readonly cycles: CycleLoader,
    private readonly keyResultsOf: KeyResultLoader,
    private readonly assigneesOf: AssigneeLoader,
    private readonly checkInsOf: CheckInLoader,
  ) {}

  @ResolveField(() => Person, { description: 'Who keeps it.' })
  owner(@Parent() goal: BusinessGoalRow, @Context() ctx: RequestContext): Promise<PersonRow | null> {
    return this.people.byId(ctx).load(goal.ownerId);
  }

  @ResolveField(() => Cycle, { description: 'What it is set for.' })
  cycle(@Parent() goal: BusinessGoalRow, @Context() ctx: RequestContext): Promise<CycleRow | null> {
    return this.cycles.byId(ctx).load(goal.cycleId);
  }

  @ResolveField(() => BusinessGoal, {
    nullable: true,
    description:
      'The larger goal that it is a part of; null too while that is a draft that the viewer may not see.',
  })
  parent(
    @Parent() goal: BusinessGoalRow,
    @Context() ctx: RequestContext,
  ): Promise<BusinessGoalRow | null> | null {
    return goal.parentGoalId === null ? null : this.goals.byId(ctx).load(goal.parentGoalId);
  }

  @ResolveField(() => [BusinessGoal], {
    description:
      'The goals right below it, oldest first: the first 200, as businessGoals(parentId) pages through all. Drafts only where the viewer may see them.',
  })
  async children(
    @Parent() goal: BusinessGoalRow,
    @Context() ctx: RequestContext,
  ): Promise<BusinessGoalRow[]> {
    return (await this.goals.children(ctx).load(goal.id)) ?? [];
  }

  @ResolveField(() => [KeyResult], {
    description: 'How one tells that it is reached, in the order of its owner.',
  })
  async keyResults(@Parent() goal: BusinessGoalRow, @Context() ctx: RequestContext): Promise<KeyResultRow[]> {
    return (await this.keyResultsOf.ofGoal(ctx).load(goal.id)) ?? [];
  }

  @ResolveField(() => Float, {
    nullable: true,
    description:
      'From 0 to 1: what its owner set by hand, else the mean of its key results. Null without key results and not set by hand.',
  })
  async progress(@Parent() goal: BusinessGoalRow, @Context() ctx: RequestContext): Promise<number | null> {
    return goal.progressByHand ?? meanProgress((await this.keyResultsOf.ofGoal(ctx).load(goal.id)) ?? []);
  }

  @ResolveField(() => PersonConnection, { description: 'Who works on it, by name.' })
  assignees(
    @Parent() goal: BusinessGoalRow,
    @Args() page: PageArgs,
    @Context() ctx: RequestContext,
  ): Promise<Page<PersonRow>> {
    return this.assigneesOf.ofGoal(ctx, page).load(goal.id);
  }

  @ResolveField(() => CheckInConnection, { description: 'What was said of how it stands, newest first.' })
  checkIns(
    @Parent() goal: BusinessGoalRow,
    @Args() page: PageArgs,
    @Context() ctx: RequestContext,
  ): Promise<Page<CheckInRow>> {
    return this.checkInsOf.ofGoal(ctx, page).load(goal.id);
  }
}
