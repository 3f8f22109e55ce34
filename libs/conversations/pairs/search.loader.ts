import { Injectable } from '@nestjs/common';
import { Database } from '#db';
import { createPageLoader, type PageArguments } from '#graphql';
import type { ConversationRow } from '../agenda/conversation.entity.js';
import { ConversationRepository } from '../agenda/conversation.repository.js';

/** Words, and which page of what has them. */
export interface SearchArguments extends PageArguments {
  readonly text: string;
}

/** Words in one's own conversations. */
@Injectable()
export class SearchLoader {
  constructor(
    private readonly database: Database,
    private readonly conversationRepository: ConversationRepository,
  ) {}

  /** By the id of the pair. */
  readonly conversations = createPageLoader<ConversationRow, SearchArguments>((ctx, oneToOneIds, args) =>
    this.database.read(ctx, (em) =>
      this.conversationRepository.findPagesWithWords(em, oneToOneIds, args, args.text),
    ),
  );
}
