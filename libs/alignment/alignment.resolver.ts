import { Args, Context, Mutation, Parent, Resolver } from '@nestjs/graphql';
import { BusinessGoal, BusinessGoalLoader, type BusinessGoalRow } from '#business-goals';
import type { PersonContext } from '#db';
import { PersonalGoal, PersonalGoalLoader, type PersonalGoalRow } from '#goals';
import {
  CurrentContext,
  DeleteInput,
  DeletePayload,
  RequestContext,
  ResolveField,
  type PersonRequest,
} from '#graphql';
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
      'Makes a business goal part of a personal goal. By the personal goal’s owner it is placed; by anybody else who can see both it is proposed, where the owner is open to that.',
  })
  placeBusinessGoal(
    @CurrentContext() ctx: PersonRequest,
    @Args('input', { description: 'The two goals.' }) input: PlaceBusinessGoalInput,
  ): Promise<AlignmentPayload | AlreadyPlaced> {
    return this.service.place(ctx, input);
  }

  @Mutation(() => AlignmentPayload, {
    description:
      'Accepts or declines a proposal. For the owner of the personal goal; its proposer learns of a yes only.',
  })
  answerAlignment(
    @CurrentContext() ctx: PersonRequest,
    @Args('input', { description: 'The answer.' }) input: AnswerAlignmentInput,
  ): Promise<AlignmentPayload> {
    return this.service.answer(ctx, input);
  }

  @Mutation(() => AlignmentPayload, {
    description: 'New words for how a placed business goal serves. For the owner of the personal goal.',
  })
  updateAlignment(
    @CurrentContext() ctx: PersonRequest,
    @Args('input', { description: 'The words.' }) input: UpdateAlignmentInput,
  ): Promise<AlignmentPayload> {
    return this.service.update(ctx, input);
  }

  @Mutation(() => DeletePayload, {
    description: 'Takes a business goal out of a personal goal. For the owner of the personal goal.',
  })
  deleteAlignment(
    @CurrentContext() ctx: PersonContext,
    @Args('input', { description: 'What is to go.' }) input: DeleteInput,
  ): Promise<DeletePayload> {
    return this.service.remove(ctx, input);
  }

  @ResolveField(() => PersonalGoal, { description: 'The whole.' })
  personalGoal(
    @Parent() alignment: AlignmentRow,
    @Context() ctx: RequestContext,
  ): Promise<PersonalGoalRow | null> {
    return this.personalGoals.byId(ctx).load(alignment.personalGoalId);
  }

  @ResolveField(() => BusinessGoal, {
    nullable: true,
    description: 'The part. Null while it is a draft that the viewer may not see.',
  })
  businessGoal(
    @Parent() alignment: AlignmentRow,
    @Context() ctx: RequestContext,
  ): Promise<BusinessGoalRow | null> {
    return this.businessGoals.byId(ctx).load(alignment.businessGoalId);
  }

  @ResolveField(() => Person, { description: 'Who placed it or had the idea.' })
  proposedBy(@Parent() alignment: AlignmentRow, @Context() ctx: RequestContext): Promise<PersonRow | null> {
    return this.people.byId(ctx).load(alignment.proposedById);
  }
}

@Resolver(() => PersonalGoal)
export class PersonalGoalAlignmentsResolver {
  constructor(private readonly loader: AlignmentLoader) {}

  @ResolveField(() => [Alignment], {
    description:
      'Business goals that are part of this one, for the owner in the order in which they were made (at most 200); proposals only for the owner and their proposer.',
  })
  async alignments(@Parent() goal: PersonalGoalRow, @Context() ctx: RequestContext): Promise<AlignmentRow[]> {
    return (await this.loader.ofPersonalGoal(ctx).load(goal.id)) ?? [];
  }
}
