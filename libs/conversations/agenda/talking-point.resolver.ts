import { Args, Context, Mutation, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { Goal } from '#alignment';
import { BusinessGoalLoader } from '#business-goals';
import type { PersonContext } from '#db';
import { PersonalGoalLoader } from '#goals';
import { CurrentContext, DeleteInput, DeletePayload, type EditConflict, RequestContext } from '#graphql';
import { Person, PersonLoader, type PersonRow } from '#people';
import type { OneToOneRow } from '../pairs/one-to-one.entity.js';
import { OneToOne } from '../pairs/one-to-one.model.js';
import { TextVersion, type TextVersionRow } from '../notes/text-version.model.js';
import type { ConversationRow } from './conversation.entity.js';
import { ConversationLoader } from './conversation.loader.js';
import { Conversation, ConversationPayload } from './conversation.model.js';
import type { TalkingPointRow, TalkingPointSubjectRow } from './talking-point.entity.js';
import {
  AddTalkingPointInput,
  MoveTalkingPointInput,
  ShareTalkingPointInput,
  UpdateTalkingPointInput,
} from './talking-point.inputs.js';
import { TalkingPointLoader } from './talking-point.loader.js';
import { TalkingPoint, TalkingPointPayload, UpdateTalkingPointResult } from './talking-point.model.js';
import { TalkingPointService } from './talking-point.service.js';

/** Goals of either kind by the row that names one. */
abstract class GoalsOfPoints {
  constructor(
    private readonly personalGoals: PersonalGoalLoader,
    private readonly businessGoals: BusinessGoalLoader,
  ) {}

  protected goal(ctx: RequestContext, subject: TalkingPointSubjectRow): Promise<object | null> {
    return subject.personalGoalId === null
      ? this.businessGoals.byId(ctx).load(subject.businessGoalId ?? '')
      : this.personalGoals.byId(ctx).load(subject.personalGoalId);
  }
}

@Resolver(() => TalkingPoint)
export class TalkingPointResolver extends GoalsOfPoints {
  constructor(
    private readonly service: TalkingPointService,
    private readonly loader: TalkingPointLoader,
    private readonly people: PersonLoader,
    private readonly conversations: ConversationLoader,
    personalGoals: PersonalGoalLoader,
    businessGoals: BusinessGoalLoader,
  ) {
    super(personalGoals, businessGoals);
  }

  @ResolveField(() => Person, { description: 'Whose point it is.' })
  author(@Parent() point: TalkingPointRow, @Context() ctx: RequestContext): Promise<PersonRow | null> {
    return this.people.byId(ctx).load(point.authorId);
  }

  @ResolveField(() => Goal, {
    nullable: true,
    description: 'The goal that it is about; null to whoever may not see that goal.',
  })
  async about(@Parent() point: TalkingPointRow, @Context() ctx: RequestContext): Promise<object | null> {
    const subject = await this.loader.subject(ctx).load(point.id);
    return subject && this.goal(ctx, subject);
  }

  @ResolveField(() => Conversation, {
    nullable: true,
    description: 'The conversation that it is for now; null while it waits for one to be planned.',
  })
  conversation(
    @Parent() point: TalkingPointRow,
    @Context() ctx: RequestContext,
  ): Promise<ConversationRow | null> | ConversationRow | null {
    return point.conversation ?? this.byId(ctx, point.conversationId);
  }

  @ResolveField(() => Conversation, {
    nullable: true,
    description:
      'The conversation that it was first meant for; null if there was none, or once that one was deleted.',
  })
  raisedIn(
    @Parent() point: TalkingPointRow,
    @Context() ctx: RequestContext,
  ): Promise<ConversationRow | null> | null {
    return this.byId(ctx, point.raisedInId);
  }

  @ResolveField(() => [TextVersion], {
    nullable: true,
    description: 'Its words over time, newest first, for its author; null to the other.',
  })
  history(
    @Parent() point: TalkingPointRow,
    @Context() ctx: RequestContext,
  ): Promise<TextVersionRow[] | null> {
    return this.loader.history(ctx).load(point.id);
  }

  @Mutation(() => TalkingPointPayload, { description: 'Add something to talk about: a draft, unless told.' })
  async addTalkingPoint(
    @CurrentContext() ctx: PersonContext,
    @Args('input', { description: 'What, and for when.' }) input: AddTalkingPointInput,
  ): Promise<TalkingPointPayload> {
    return { talkingPoint: await this.service.add(ctx, input) };
  }

  @Mutation(() => TalkingPointPayload, {
    description: 'Show a draft to the other. It does not become a draft again.',
  })
  async shareTalkingPoint(
    @CurrentContext() ctx: PersonContext,
    @Args('input', { description: 'Which.' }) { id }: ShareTalkingPointInput,
  ): Promise<TalkingPointPayload> {
    return { talkingPoint: await this.service.share(ctx, id) };
  }

  @Mutation(() => UpdateTalkingPointResult, {
    description: 'Word a point anew (its author), or mark it discussed or not (either).',
  })
  updateTalkingPoint(
    @CurrentContext() ctx: PersonContext,
    @Args('input', { description: 'Which version, and the changes.' }) input: UpdateTalkingPointInput,
  ): Promise<TalkingPointPayload | EditConflict> {
    return this.service.update(ctx, input);
  }

  @Mutation(() => ConversationPayload, {
    description: 'Put a point at another place of its conversation; either may.',
  })
  async moveTalkingPoint(
    @CurrentContext() ctx: PersonContext,
    @Args('input', { description: 'Which, and where to.' }) input: MoveTalkingPointInput,
  ): Promise<ConversationPayload> {
    return { conversation: await this.service.move(ctx, input) };
  }

  @Mutation(() => DeletePayload, { description: 'Remove a point, with its history; only its author may.' })
  async deleteTalkingPoint(
    @CurrentContext() ctx: PersonContext,
    @Args('input', { description: 'Which.' }) { id }: DeleteInput,
  ): Promise<DeletePayload> {
    await this.service.remove(ctx, id);
    return { deletedId: id };
  }

  private byId(ctx: RequestContext, id: string | null): Promise<ConversationRow | null> | null {
    return id === null ? null : this.conversations.byId(ctx).load(id);
  }
}

@Resolver(() => Conversation)
export class ConversationPointsResolver extends GoalsOfPoints {
  constructor(
    private readonly loader: TalkingPointLoader,
    personalGoals: PersonalGoalLoader,
    businessGoals: BusinessGoalLoader,
  ) {
    super(personalGoals, businessGoals);
  }

  @ResolveField(() => [TalkingPoint], {
    description:
      'What the two want to talk about, in their order: what is shared, and the viewer’s own drafts.',
  })
  async talkingPoints(
    @Parent() conversation: ConversationRow,
    @Context() ctx: RequestContext,
  ): Promise<TalkingPointRow[]> {
    return (await this.loader.ofConversation(ctx).load(conversation.id)) ?? [];
  }

  @ResolveField(() => [Goal], {
    description: 'What its points are about, as far as the viewer may see both.',
  })
  async goals(@Parent() conversation: ConversationRow, @Context() ctx: RequestContext): Promise<object[]> {
    const subjects = (await this.loader.subjectsOfConversation(ctx).load(conversation.id)) ?? [];
    const once = new Map(subjects.map((one) => [one.personalGoalId ?? one.businessGoalId, one]));
    const goals = await Promise.all(Array.from(once.values(), (one) => this.goal(ctx, one)));
    return goals.filter((goal) => goal !== null);
  }
}

@Resolver(() => OneToOne)
export class OneToOnePointsResolver {
  constructor(private readonly loader: TalkingPointLoader) {}

  @ResolveField(() => [TalkingPoint], {
    description: 'What waits for the next conversation to be planned, in its order.',
  })
  async waitingPoints(
    @Parent() pair: OneToOneRow,
    @Context() ctx: RequestContext,
  ): Promise<TalkingPointRow[]> {
    return (await this.loader.waiting(ctx).load(pair.id)) ?? [];
  }
}
