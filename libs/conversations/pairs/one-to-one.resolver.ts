import { Args, Context, ID, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import type { PersonContext } from '#db';
import { CurrentContext, DeletePayload, IdPipe, type Page, PageArgs, RequestContext } from '#graphql';
import { Person, PersonLoader, ViewerModel, type PersonRow } from '#people';
import type { ConversationRow } from '../agenda/conversation.entity.js';
import { ConversationsArgs } from '../agenda/conversation.inputs.js';
import { ConversationLoader } from '../agenda/conversation.loader.js';
import { Conversation, ConversationConnection } from '../agenda/conversation.model.js';
import type { OneToOneRow } from './one-to-one.entity.js';
import {
  AcceptOneToOneInput,
  DeclineOneToOneInput,
  EndOneToOneInput,
  RescheduleOneToOneInput,
  StartOneToOneInput,
} from './one-to-one.inputs.js';
import { OneToOneLoader } from './one-to-one.loader.js';
import { OneToOne, OneToOneConnection } from './one-to-one.model.js';
import { OneToOnePayload, StartOneToOneResult, type OneToOneExists } from './one-to-one.payloads.js';
import { OneToOneService } from './one-to-one.service.js';

@Resolver(() => OneToOne)
export class OneToOneResolver {
  constructor(
    private readonly service: OneToOneService,
    private readonly loader: OneToOneLoader,
    private readonly conversationLoader: ConversationLoader,
    private readonly people: PersonLoader,
  ) {}

  @Query(() => OneToOne, { nullable: true, description: 'A one-to-one of the viewer.' })
  oneToOne(
    @Args('id', { type: () => ID, description: 'Its id.' }, IdPipe) id: string,
    @Context() ctx: RequestContext,
  ): Promise<OneToOneRow | null> {
    return this.loader.byId(ctx).load(id);
  }

  @ResolveField(() => [Person], { description: 'The two.' })
  participants(
    @Parent() pair: OneToOneRow,
    @Context() ctx: RequestContext,
  ): Promise<(PersonRow | Error | null)[]> {
    return this.people.byId(ctx).loadMany([pair.firstId, pair.secondId]);
  }

  @ResolveField(() => Person, { description: 'The other one.' })
  async counterpart(@Parent() pair: OneToOneRow, @Context() ctx: RequestContext): Promise<PersonRow | null> {
    // Both at once: points and promises below name either of them, and then need no further statement.
    const [first, second] = await Promise.all([
      this.people.byId(ctx).load(pair.firstId),
      this.people.byId(ctx).load(pair.secondId),
    ]);
    return ctx.viewer?.personId === pair.firstId ? second : first;
  }

  @ResolveField(() => Person, { description: 'Who started it; of an invitation, who asked.' })
  startedBy(@Parent() pair: OneToOneRow, @Context() ctx: RequestContext): Promise<PersonRow | null> {
    return this.people.byId(ctx).load(pair.startedById);
  }

  @ResolveField(() => Conversation, {
    nullable: true,
    description:
      'The soonest planned conversation; it may have passed without anybody having said whether it was held.',
  })
  next(@Parent() pair: OneToOneRow, @Context() ctx: RequestContext): Promise<ConversationRow | null> {
    return this.conversationLoader.next(ctx).load(pair.id);
  }

  @ResolveField(() => Date, { nullable: true, description: 'When the two last met.' })
  lastHeldAt(@Parent() pair: OneToOneRow, @Context() ctx: RequestContext): Promise<Date | null> {
    return this.conversationLoader.lastHeldAt(ctx).load(pair.id);
  }

  @ResolveField(() => ConversationConnection, {
    description: 'Its conversations, the one scheduled last first.',
  })
  conversations(
    @Parent() pair: OneToOneRow,
    @Args() args: ConversationsArgs,
    @Context() ctx: RequestContext,
  ): Promise<Page<ConversationRow>> {
    return this.conversationLoader.ofOneToOne(ctx, args).load(pair.id);
  }

  @Mutation(() => StartOneToOneResult, {
    description:
      'Within an open reporting line (PRIMARY or DOTTED) either of the two opens it; otherwise the other is asked, by mail. There is one a pair. Starting one with somebody who has asked the viewer is saying yes.',
  })
  startOneToOne(
    @CurrentContext() ctx: PersonContext,
    @Args('input', { description: 'With whom, and how often.' }) input: StartOneToOneInput,
  ): Promise<OneToOnePayload | OneToOneExists> {
    return this.service.start(ctx, input);
  }

  @Mutation(() => OneToOnePayload, { description: 'Say yes to an invitation.' })
  async acceptOneToOne(
    @CurrentContext() ctx: PersonContext,
    @Args('input', { description: 'To which.' }) { id }: AcceptOneToOneInput,
  ): Promise<OneToOnePayload> {
    return { oneToOne: await this.service.accept(ctx, id) };
  }

  @Mutation(() => DeletePayload, {
    description:
      'Say no to an invitation: for the viewer it is gone. To its sender it looks INVITED until it lapses, 30 days after it was sent, as one that nobody answered does.',
  })
  async declineOneToOne(
    @CurrentContext() ctx: PersonContext,
    @Args('input', { description: 'To which.' }) { id }: DeclineOneToOneInput,
  ): Promise<DeletePayload> {
    await this.service.decline(ctx, id);
    return { deletedId: id };
  }

  @Mutation(() => OneToOnePayload, {
    description: 'Change the rhythm, the zone or the duration. Either of the two may.',
  })
  async rescheduleOneToOne(
    @CurrentContext() ctx: PersonContext,
    @Args('input', { description: 'What changes.' }) input: RescheduleOneToOneInput,
  ): Promise<OneToOnePayload> {
    return { oneToOne: await this.service.reschedule(ctx, input) };
  }

  @Mutation(() => OneToOnePayload, {
    description:
      'End it; either of the two may. What was planned is cancelled. It can still be read, and the two may start another.',
  })
  async endOneToOne(
    @CurrentContext() ctx: PersonContext,
    @Args('input', { description: 'Which.' }) { id }: EndOneToOneInput,
  ): Promise<OneToOnePayload> {
    return { oneToOne: await this.service.end(ctx, id) };
  }
}

@Resolver(() => Person)
export class PersonOneToOneResolver {
  constructor(private readonly loader: OneToOneLoader) {}

  @ResolveField(() => OneToOne, {
    nullable: true,
    description:
      "The viewer's own one-to-one with this person: the one that has not been ended, else the latest.",
  })
  oneToOne(@Parent() person: PersonRow, @Context() ctx: RequestContext): Promise<OneToOneRow | null> {
    return this.loader.byCounterpart(ctx).load(person.id);
  }
}

@Resolver(() => ViewerModel)
export class ViewerOneToOnesResolver {
  constructor(private readonly service: OneToOneService) {}

  @ResolveField(() => OneToOneConnection, {
    description: "The viewer's one-to-ones, also invitations and those that have ended, newest first.",
  })
  oneToOnes(@CurrentContext() ctx: PersonContext, @Args() page: PageArgs): Promise<Page<OneToOneRow>> {
    return this.service.page(ctx, page);
  }
}
