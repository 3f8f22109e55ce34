import { Args, Context, ID, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import type { PersonContext } from '#db';
import { CurrentContext, IdPipe, type Page, PageArgs, RequestContext } from '#graphql';
import { Person, PersonLoader, ViewerModel, type PersonRow } from '#people';
import type { ConversationRow } from '../agenda/conversation.entity.js';
import { ConversationsArgs } from '../agenda/conversation.inputs.js';
import { ConversationLoader } from '../agenda/conversation.loader.js';
import { Conversation, ConversationConnection } from '../agenda/conversation.model.js';
import type { OneToOneRow } from './one-to-one.entity.js';
import { PreviewRecurrenceArgs } from './one-to-one.inputs.js';
import { OneToOneLoader } from './one-to-one.loader.js';
import { OneToOne, OneToOneConnection } from './one-to-one.model.js';
import { OneToOneService } from './one-to-one.service.js';
import { RecurrenceService } from './recurrence.service.js';

@Resolver(() => OneToOne)
export class OneToOneFieldsResolver {
  constructor(
    private readonly loader: OneToOneLoader,
    private readonly conversationLoader: ConversationLoader,
    private readonly people: PersonLoader,
    private readonly recurrence: RecurrenceService,
  ) {}

  @Query(() => OneToOne, {
    nullable: true,
    description: 'A one-to-one by its ID. Null unless the viewer is one of its two participants.',
  })
  oneToOne(
    @Args('id', { type: () => ID, description: 'The ID of the one-to-one.' }, IdPipe) id: string,
    @Context() ctx: RequestContext,
  ): Promise<OneToOneRow | null> {
    return this.loader.byId(ctx).load(id);
  }

  @Query(() => [Date], {
    nullable: true,
    description:
      'The next three dates of a recurrence, to show before it is saved; fewer if it ends before. An unsupported recurrence is BAD_USER_INPUT.',
  })
  previewRecurrence(@Args() args: PreviewRecurrenceArgs): Date[] {
    return this.recurrence.preview(args);
  }

  @ResolveField(() => [Person], { description: 'The two people.' })
  participants(
    @Parent() oneToOne: OneToOneRow,
    @Context() ctx: RequestContext,
  ): Promise<(PersonRow | Error | null)[]> {
    return this.people.byId(ctx).loadMany([oneToOne.firstId, oneToOne.secondId]);
  }

  @ResolveField(() => Person, { description: 'The participant who is not the viewer.' })
  async counterpart(
    @Parent() oneToOne: OneToOneRow,
    @Context() ctx: RequestContext,
  ): Promise<PersonRow | null> {
    // Loads both: authors and owners further down are one of them, and then need no further statement.
    const [first, second] = await Promise.all([
      this.people.byId(ctx).load(oneToOne.firstId),
      this.people.byId(ctx).load(oneToOne.secondId),
    ]);
    return ctx.viewer?.personId === oneToOne.firstId ? second : first;
  }

  @ResolveField(() => Person, { description: 'The participant who started it, or who sent the invitation.' })
  startedBy(@Parent() oneToOne: OneToOneRow, @Context() ctx: RequestContext): Promise<PersonRow | null> {
    return this.people.byId(ctx).load(oneToOne.startedById);
  }

  @ResolveField(() => Conversation, {
    nullable: true,
    description:
      'The earliest planned conversation. It can be in the past if nobody has marked it as held, skipped or cancelled. Null unless OPEN.',
  })
  next(@Parent() oneToOne: OneToOneRow, @Context() ctx: RequestContext): Promise<ConversationRow | null> {
    return this.conversationLoader.next(ctx).load(oneToOne.id);
  }

  @ResolveField(() => Date, {
    nullable: true,
    description: 'When the participants last met. Null before the first HELD conversation.',
  })
  lastHeldAt(@Parent() oneToOne: OneToOneRow, @Context() ctx: RequestContext): Promise<Date | null> {
    return this.conversationLoader.lastHeldAt(ctx).load(oneToOne.id);
  }

  @ResolveField(() => ConversationConnection, {
    description: 'Its conversations, by scheduled time, latest first.',
  })
  conversations(
    @Parent() oneToOne: OneToOneRow,
    @Args() args: ConversationsArgs,
    @Context() ctx: RequestContext,
  ): Promise<Page<ConversationRow>> {
    return this.conversationLoader.byOneToOne(ctx, args).load(oneToOne.id);
  }
}

@Resolver(() => Person)
export class PersonOneToOneResolver {
  constructor(private readonly loader: OneToOneLoader) {}

  @ResolveField(() => OneToOne, {
    nullable: true,
    description:
      'The viewer’s own one-to-one with this person: the one that has not ended, or the latest. Null without one.',
  })
  oneToOne(@Parent() person: PersonRow, @Context() ctx: RequestContext): Promise<OneToOneRow | null> {
    return this.loader.byCounterpart(ctx).load(person.id);
  }
}

@Resolver(() => ViewerModel)
export class ViewerOneToOnesResolver {
  constructor(private readonly service: OneToOneService) {}

  @ResolveField(() => OneToOneConnection, {
    description: 'The viewer’s one-to-ones, newest first. Includes invitations and those that have ended.',
  })
  oneToOnes(@CurrentContext() ctx: PersonContext, @Args() page: PageArgs): Promise<Page<OneToOneRow>> {
    return this.service.page(ctx, page);
  }
}
