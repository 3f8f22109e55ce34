import { Module, type OnModuleInit } from '@nestjs/common';
import { sql } from '#db';
import { NodeRegistry } from '#graphql';
import { GoalsModule } from '#goals';
import { BusinessGoalsModule } from '#business-goals';
import { PeopleModule } from '#people';
import { ActionItemLoader } from './promises/action-item.loader.js';
import { ConversationLoader } from './agenda/conversation.loader.js';
import { NotesLoader } from './notes/notes.loader.js';
import { OneToOneLoader } from './pairs/one-to-one.loader.js';
import { oneToOneProviders } from './pairs/one-to-one.providers.js';
import { TalkingPointLoader } from './agenda/talking-point.loader.js';
import { writingProviders } from './writing.providers.js';

/** One-to-ones, their conversations, and what the two people write in them. */
@Module({
  imports: [BusinessGoalsModule, GoalsModule, PeopleModule],
  providers: [...oneToOneProviders, ...writingProviders],
  exports: [ConversationLoader, OneToOneLoader],
})
export class ConversationsModule implements OnModuleInit {
  constructor(
    private readonly nodes: NodeRegistry,
    private readonly oneToOnes: OneToOneLoader,
    private readonly conversations: ConversationLoader,
    private readonly points: TalkingPointLoader,
    private readonly items: ActionItemLoader,
    private readonly notes: NotesLoader,
  ) {}

  onModuleInit(): void {
    this.nodes.register(
      { typename: 'OneToOne', table: sql`one_to_one`, load: this.oneToOnes.byId },
      { typename: 'Conversation', table: sql`conversation`, load: this.conversations.byId },
      { typename: 'TalkingPoint', table: sql`talking_point`, load: this.points.byId },
      { typename: 'ActionItem', table: sql`action_item`, load: this.items.byId },
    );
    this.nodes.registerParts({ typename: 'SharedNotes', load: this.notes.byId });
  }
}
