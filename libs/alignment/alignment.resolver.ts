import { Args, Context, Mutation, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { BusinessGoal, BusinessGoalLoader, type BusinessGoalRow } from '#business-goals';
import type { PersonContext } from '#db';
import { PersonalGoal, PersonalGoalLoader, type PersonalGoalRow } from '#goals';
import { CurrentContext, DeleteInput, DeletePayload, RequestContext, type PersonRequest } from '#graphql';
import { Person, PersonLoader, type PersonRow } from '#people';
import type { AlignmentRow } from './alignment.entity.js';
import { AnswerAlignmentInput, PlaceBusinessGoalInput, UpdateAlignmentInput } from './alignment.inputs.js';
import { AlignmentLoader } from './alignment.loader.js';
import {
  Alignment,
  AlignmentPayload,
  PlaceBusinessGoalResult,
  type AlreadyPlaced,
} from './alignment.model.js';
import { AlignmentService } from './alignment.service.js';

@Resolver(() => Alignment)
export class AlignmentResolver {
  constructor(
    private readonly service: AlignmentService,
    private readonly personalGoals: PersonalGoalLoader,
    private readonly businessGoals: BusinessGoalLoader,
    private readonly people: PersonLoader,
  ) {}

  @Mutation(() => PlaceBusinessGoalResult, {
    description:
      'Places a business goal in a personal goal of the viewer, or proposes it to the owner of another person’s goal. Proposing requires that the viewer can see both goals and that the personal goal is open to proposals.',
  })
  placeBusinessGoal(
    @CurrentContext() ctx: PersonRequest,
    @Args('input', { description: 'The two goals, and the text.' }) input: PlaceBusinessGoalInput,
  ): Promise<AlignmentPayload | AlreadyPlaced> {
    return this.service.place(ctx, input);
  }

  @Mutation(() => AlignmentPayload, {
    description:
      'Accepts or declines a proposal. Only the owner of the personal goal can. The proposer sees acceptance only.',
  })
  answerAlignment(
    @CurrentContext() ctx: PersonRequest,
    @Args('input', { description: 'The proposal, and the answer.' }) input: AnswerAlignmentInput,
  ): Promise<AlignmentPayload> {
    return this.service.answer(ctx, input);
  }

  @Mutation(() => AlignmentPayload, {
    description: 'Changes the text of a placed alignment. Only the owner of the personal goal can.',
  })
  updateAlignment(
    @CurrentContext() ctx: PersonRequest,
    @Args('input', { description: 'The alignment, and the new text.' }) input: UpdateAlignmentInput,
  ): Promise<AlignmentPayload> {
    return this.service.update(ctx, input);
  }

  @Mutation(() => DeletePayload, {
    description: 'Removes a business goal from a personal goal. Only the owner of the personal goal can.',
  })
  deleteAlignment(
    @CurrentContext() ctx: PersonContext,
    @Args('input', { description: 'The object to delete.' }) input: DeleteInput,
  ): Promise<DeletePayload> {
    return this.service.delete(ctx, input);
  }

  @ResolveField(() => PersonalGoal, { description: 'The personal goal that the business goal is part of.' })
  personalGoal(
    @Parent() alignment: AlignmentRow,
    @Context() ctx: RequestContext,
  ): Promise<PersonalGoalRow | null> {
    return this.personalGoals.byId(ctx).load(alignment.personalGoalId);
  }

  @ResolveField(() => BusinessGoal, {
    nullable: true,
    description:
      'The business goal that is part of the personal goal. Null while it is a draft that the viewer cannot see.',
  })
  businessGoal(
    @Parent() alignment: AlignmentRow,
    @Context() ctx: RequestContext,
  ): Promise<BusinessGoalRow | null> {
    return this.businessGoals.byId(ctx).load(alignment.businessGoalId);
  }

  @ResolveField(() => Person, { description: 'The person who placed or proposed it.' })
  proposedBy(@Parent() alignment: AlignmentRow, @Context() ctx: RequestContext): Promise<PersonRow | null> {
    return this.people.byId(ctx).load(alignment.proposedById);
  }
}

@Resolver(() => PersonalGoal)
export class PersonalGoalAlignmentsResolver {
  constructor(private readonly loader: AlignmentLoader) {}

  @ResolveField(() => [Alignment], {
    description:
      'The business goals that are part of this goal, at most 200. The owner sees them in the order in which they were added. Proposals are visible to the owner and their proposer only.',
  })
  async alignments(@Parent() goal: PersonalGoalRow, @Context() ctx: RequestContext): Promise<AlignmentRow[]> {
    return (await this.loader.ofPersonalGoal(ctx).load(goal.id)) ?? [];
  }
}
