import { Args, Context, ID, Mutation, Parent, Query, Resolver } from '@nestjs/graphql';
import { CurrentViewer } from '#auth';
import type { PersonViewer } from '#db';
import { DeletePayload, IdPipe, Operation, type Page, PageArgs, ResolveField } from '#graphql';
import { Person, PersonLoader, ViewerModel, type PersonRow } from '#people';
import type { ConversationRow } from './conversation.entity.js';
import { ConversationsArgs } from './conversation.inputs.js';
import { ConversationLoader } from './conversation.loader.js';
import { Conversation, ConversationConnection } from './conversation.model.js';
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
    @Context() op: Operation,
  ): Promise<OneToOneRow | null> {
    return this.loader.byId(op).load(id);
  }

  @ResolveField(() => [Person], { description: 'The two.' })
  participants(@Parent() pair: OneToOneRow, @Context() op: Operation): Promise<(PersonRow | Error | null)[]> {
    return this.people.byId(op).loadMany([pair.firstId, pair.secondId]);
  }

  @ResolveField(() => Person, { description: 'The other one.' })
  async counterpart(@Parent() pair: OneToOneRow, @Context() op: Operation): Promise<PersonRow | null> {
    // Both at once: points and promises below name either of them, and then need no further statement.
    const [first, second] = await Promise.all([
      this.people.byId(op).load(pair.firstId),
      this.people.byId(op).load(pair.secondId),
    ]);
    return op.viewer?.personId === pair.firstId ? second : first;
  }

  @ResolveField(() => Person, { description: 'Who started it; of an invitation, who asked.' })
  startedBy(@Parent() pair: OneToOneRow, @Context() op: Operation): Promise<PersonRow | null> {
    return this.people.byId(op).load(pair.startedById);
  }

  @ResolveField(() => Conversation, {
    nullable: true,
    description:
      'The soonest planned conversation; it may have passed without anybody having said whether it was held.',
  })
  next(@Parent() pair: OneToOneRow, @Context() op: Operation): Promise<ConversationRow | null> {
    return this.conversationLoader.next(op).load(pair.id);
  }

  @ResolveField(() => Date, { nullable: true, description: 'When the two last met.' })
  lastHeldAt(@Parent() pair: OneToOneRow, @Context() op: Operation): Promise<Date | null> {
    return this.conversationLoader.lastHeldAt(op).load(pair.id);
  }

  @ResolveField(() => ConversationConnection, {
    description: 'Its conversations, the one scheduled last first.',
  })
  conversations(
    @Parent() pair: OneToOneRow,
    @Args() args: ConversationsArgs,
    @Context() op: Operation,
  ): Promise<Page<ConversationRow>> {
    return this.conversationLoader.ofOneToOne(op, args).load(pair.id);
  }

  @Mutation(() => StartOneToOneResult, {
    description:
      'Within an open reporting line (PRIMARY or DOTTED) either of the two opens it; otherwise the other is asked, by mail. There is one a pair. Starting one with somebody who has asked the viewer is saying yes.',
  })
  startOneToOne(
    @CurrentViewer() viewer: PersonViewer,
    @Args('input', { description: 'With whom, and how often.' }) input: StartOneToOneInput,
  ): Promise<OneToOnePayload | OneToOneExists> {
    return this.service.start(viewer, input);
  }

  @Mutation(() => OneToOnePayload, { description: 'Say yes to an invitation.' })
  async acceptOneToOne(
    @CurrentViewer() viewer: PersonViewer,
    @Args('input', { description: 'To which.' }) { id }: AcceptOneToOneInput,
  ): Promise<OneToOnePayload> {
    return { oneToOne: await this.service.accept(viewer, id) };
  }

  @Mutation(() => DeletePayload, {
    description:
      'Say no to an invitation: for the viewer it is gone. To its sender it looks INVITED until it lapses, 30 days after it was sent, as one that nobody answered does.',
  })
  async declineOneToOne(
    @CurrentViewer() viewer: PersonViewer,
    @Args('input', { description: 'To which.' }) { id }: DeclineOneToOneInput,
  ): Promise<DeletePayload> {
    await this.service.decline(viewer, id);
    return { deletedId: id };
  }

  @Mutation(() => OneToOnePayload, {
    description: 'Change the rhythm, the zone or the duration. Either of the two may.',
  })
  async rescheduleOneToOne(
    @CurrentViewer() viewer: PersonViewer,
    @Args('input', { description: 'What changes.' }) input: RescheduleOneToOneInput,
  ): Promise<OneToOnePayload> {
    return { oneToOne: await this.service.reschedule(viewer, input) };
  }

  @Mutation(() => OneToOnePayload, {
    description:
      'End it; either of the two may. What was planned is cancelled. It can still be read, and the two may start another.',
  })
  async endOneToOne(
    @CurrentViewer() viewer: PersonViewer,
    @Args('input', { description: 'Which.' }) { id }: EndOneToOneInput,
  ): Promise<OneToOnePayload> {
    return { oneToOne: await this.service.end(viewer, id) };
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
  oneToOne(@Parent() person: PersonRow, @Context() op: Operation): Promise<OneToOneRow | null> {
    return this.loader.byCounterpart(op).load(person.id);
  }
}

@Resolver(() => ViewerModel)
export class ViewerOneToOnesResolver {
  constructor(private readonly service: OneToOneService) {}

  @ResolveField(() => OneToOneConnection, {
    description: "The viewer's one-to-ones, also invitations and those that have ended, newest first.",
  })
  oneToOnes(@CurrentViewer() viewer: PersonViewer, @Args() page: PageArgs): Promise<Page<OneToOneRow>> {
    return this.service.page(viewer, page);
  }
}
