import { Context, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { Goal } from '#alignment';
import { BusinessGoalLoader } from '#business-goals';
import { PersonalGoalLoader } from '#goals';
import { RequestContext } from '#graphql';
import { Person, PersonLoader, type PersonRow } from '#people';
import type { OneToOneRow } from '../pairs/one-to-one.entity.js';
import { OneToOne } from '../pairs/one-to-one.model.js';
import { TextVersion, type TextVersionRow } from '../notes/text-version.model.js';
import type { ConversationRow } from './conversation.entity.js';
import { ConversationLoader } from './conversation.loader.js';
import { Conversation } from './conversation.model.js';
import type { TalkingPointRow, TalkingPointSubjectRow } from './talking-point.entity.js';
import { TalkingPointLoader } from './talking-point.loader.js';
import { TalkingPoint } from './talking-point.model.js';

/** Loads the personal or business goal that a talking point is about. */
abstract class SubjectResolver {
  constructor(
    private readonly personalGoals: PersonalGoalLoader,
    private readonly businessGoals: BusinessGoalLoader,
  ) {}

  protected loadGoal(ctx: RequestContext, subject: TalkingPointSubjectRow): Promise<object | null> {
    return subject.personalGoalId === null
      ? this.businessGoals.byId(ctx).load(subject.businessGoalId ?? '')
      : this.personalGoals.byId(ctx).load(subject.personalGoalId);
  }
}

@Resolver(() => TalkingPoint)
export class TalkingPointFieldsResolver extends SubjectResolver {
  constructor(
    private readonly loader: TalkingPointLoader,
    private readonly people: PersonLoader,
    private readonly conversations: ConversationLoader,
    personalGoals: PersonalGoalLoader,
    businessGoals: BusinessGoalLoader,
  ) {
    super(personalGoals, businessGoals);
  }

  @ResolveField(() => Person, { description: 'The participant who added it.' })
  author(
    @Parent() point: TalkingPointRow,
    @Context() ctx: RequestContext,
  ): Promise<PersonRow | null> | PersonRow {
    return point.author ?? this.people.byId(ctx).load(point.authorId);
  }

  @ResolveField(() => Goal, {
    nullable: true,
    description:
      'The personal or business goal that it is about. Null without one, and for a viewer who cannot see that goal.',
  })
  async about(@Parent() point: TalkingPointRow, @Context() ctx: RequestContext): Promise<object | null> {
    const subject = await this.loader.subject(ctx).load(point.id);
    return subject && this.loadGoal(ctx, subject);
  }

  @ResolveField(() => Conversation, {
    nullable: true,
    description: 'The conversation that it belongs to now. Null while it waits for one to be planned.',
  })
  conversation(
    @Parent() point: TalkingPointRow,
    @Context() ctx: RequestContext,
  ): Promise<ConversationRow | null> | ConversationRow | null {
    return point.conversation ?? this.conversationById(ctx, point.conversationId);
  }

  @ResolveField(() => Conversation, {
    nullable: true,
    description:
      'The conversation that it was added to. Null if none was planned then, or once that conversation was deleted.',
  })
  raisedIn(
    @Parent() point: TalkingPointRow,
    @Context() ctx: RequestContext,
  ): Promise<ConversationRow | null> | null {
    return this.conversationById(ctx, point.raisedInId);
  }

  @ResolveField(() => Conversation, {
    nullable: true,
    description:
      'The planned conversation that it was put off from. Null unless that can be taken back with `postponeTalkingPoint`.',
  })
  async postponedFrom(
    @Parent() point: TalkingPointRow,
    @Context() ctx: RequestContext,
  ): Promise<ConversationRow | null> {
    return this.conversationById(ctx, await this.loader.postponedFrom(ctx).load(point.id));
  }

  @ResolveField(() => [TextVersion], {
    nullable: true,
    description: 'The versions of its text, newest first. Null unless the viewer is its author.',
  })
  history(
    @Parent() point: TalkingPointRow,
    @Context() ctx: RequestContext,
  ): Promise<TextVersionRow[] | null> {
    return this.loader.history(ctx).load(point.id);
  }

  private conversationById(ctx: RequestContext, id: string | null): Promise<ConversationRow | null> | null {
    return id === null ? null : this.conversations.byId(ctx).load(id);
  }
}

@Resolver(() => Conversation)
export class ConversationPointsResolver extends SubjectResolver {
  constructor(
    private readonly loader: TalkingPointLoader,
    personalGoals: PersonalGoalLoader,
    businessGoals: BusinessGoalLoader,
  ) {
    super(personalGoals, businessGoals);
  }

  @ResolveField(() => [TalkingPoint], {
    description: 'Its talking points, in their order: the shared ones, and the viewer’s own drafts.',
  })
  async talkingPoints(
    @Parent() conversation: ConversationRow,
    @Context() ctx: RequestContext,
  ): Promise<TalkingPointRow[]> {
    return (await this.loader.byConversation(ctx).load(conversation.id)) ?? [];
  }

  @ResolveField(() => [Goal], {
    description: 'The goals that its talking points are about, where the viewer can see both.',
  })
  async goals(@Parent() conversation: ConversationRow, @Context() ctx: RequestContext): Promise<object[]> {
    const subjects = (await this.loader.subjectsByConversation(ctx).load(conversation.id)) ?? [];
    const distinct = new Map(subjects.map((one) => [one.personalGoalId ?? one.businessGoalId, one]));
    const goals = await Promise.all(Array.from(distinct.values(), (one) => this.loadGoal(ctx, one)));
    return goals.filter((goal) => goal !== null);
  }
}

@Resolver(() => OneToOne)
export class OneToOnePointsResolver {
  constructor(private readonly loader: TalkingPointLoader) {}

  @ResolveField(() => [TalkingPoint], {
    description: 'The talking points that wait for the next conversation to be planned, in their order.',
  })
  async waitingPoints(
    @Parent() oneToOne: OneToOneRow,
    @Context() ctx: RequestContext,
  ): Promise<TalkingPointRow[]> {
    return (await this.loader.waiting(ctx).load(oneToOne.id)) ?? [];
  }
}
