import { Module, type OnModuleInit } from '@nestjs/common';
import { sql } from '#db';
import { NodeRegistry } from '#graphql';
import { PeopleModule } from '#people';
import { ConversationLoader } from './conversation.loader.js';
import { OneToOneLoader } from './one-to-one.loader.js';
import { oneToOneProviders } from './one-to-one.providers.js';

/** One-to-ones, their conversations, and what the two people write in them. */
@Module({
  imports: [PeopleModule],
  providers: [...oneToOneProviders],
  exports: [ConversationLoader, OneToOneLoader],
})
export class ConversationsModule implements OnModuleInit {
  constructor(
    private readonly nodes: NodeRegistry,
    private readonly oneToOnes: OneToOneLoader,
    private readonly conversations: ConversationLoader,
  ) {}

  onModuleInit(): void {
    this.nodes.register(
      { typename: 'OneToOne', table: sql`one_to_one`, load: this.oneToOnes.byId },
      { typename: 'Conversation', table: sql`conversation`, load: this.conversations.byId },
    );
  }
}
