import { Args, Context, Mutation, Parent, Resolver } from '@nestjs/graphql';
import { CurrentViewer } from '#auth';
import type { PersonViewer } from '#db';
import { DeleteInput, DeletePayload, Operation, ResolveField } from '#graphql';
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
import type { BusinessGoalRow } from './business-goal.entity.js';
import { BusinessGoalLoader } from './business-goal.loader.js';
import { BusinessGoal } from './business-goal.model.js';
import type { PersonalGoalRow } from './personal-goal.entity.js';
import { PersonalGoalLoader } from './personal-goal.loader.js';
import { PersonalGoal } from './personal-goal.model.js';

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
    @CurrentViewer() viewer: PersonViewer,
    @Context() op: Operation,
    @Args('input', { description: 'The two goals.' }) input: PlaceBusinessGoalInput,
  ): Promise<AlignmentPayload | AlreadyPlaced> {
    return this.service.place(op, viewer, input);
  }

  @Mutation(() => AlignmentPayload, {
    description:
      'Accepts or declines a proposal. For the owner of the personal goal; its proposer learns of a yes only.',
  })
  answerAlignment(
    @CurrentViewer() viewer: PersonViewer,
    @Context() op: Operation,
    @Args('input', { description: 'The answer.' }) input: AnswerAlignmentInput,
  ): Promise<AlignmentPayload> {
    return this.service.answer(op, viewer, input);
  }

  @Mutation(() => AlignmentPayload, {
    description: 'New words for how a placed business goal serves. For the owner of the personal goal.',
  })
  updateAlignment(
    @CurrentViewer() viewer: PersonViewer,
    @Context() op: Operation,
    @Args('input', { description: 'The words.' }) input: UpdateAlignmentInput,
  ): Promise<AlignmentPayload> {
    return this.service.update(op, viewer, input);
  }

  @Mutation(() => DeletePayload, {
    description: 'Takes a business goal out of a personal goal. For the owner of the personal goal.',
  })
  removeAlignment(
    @CurrentViewer() viewer: PersonViewer,
    @Args('input', { description: 'What is to go.' }) input: DeleteInput,
  ): Promise<DeletePayload> {
    return this.service.remove(viewer, input);
  }

  @ResolveField(() => PersonalGoal, { description: 'The whole.' })
  personalGoal(@Parent() alignment: AlignmentRow, @Context() op: Operation): Promise<PersonalGoalRow | null> {
    return this.personalGoals.byId(op).load(alignment.personalGoalId);
  }

  @ResolveField(() => BusinessGoal, {
    nullable: true,
    description: 'The part. Null while it is a draft that the viewer may not see.',
  })
  businessGoal(@Parent() alignment: AlignmentRow, @Context() op: Operation): Promise<BusinessGoalRow | null> {
    return this.businessGoals.byId(op).load(alignment.businessGoalId);
  }

  @ResolveField(() => Person, { description: 'Who placed it or had the idea.' })
  proposedBy(@Parent() alignment: AlignmentRow, @Context() op: Operation): Promise<PersonRow | null> {
    return this.people.byId(op).load(alignment.proposedById);
  }
}

@Resolver(() => PersonalGoal)
export class PersonalGoalAlignmentsResolver {
  constructor(private readonly loader: AlignmentLoader) {}

  @ResolveField(() => [Alignment], {
    description:
      'Business goals that are part of this one, for the owner in the order in which they were made (at most 200); proposals only for the owner and their proposer.',
  })
  async alignments(@Parent() goal: PersonalGoalRow, @Context() op: Operation): Promise<AlignmentRow[]> {
    return (await this.loader.ofPersonalGoal(op).load(goal.id)) ?? [];
  }
}
