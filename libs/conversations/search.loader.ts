import { Injectable } from '@nestjs/common';
import { Database } from '#db';
import { pageLoader, type PageArguments } from '#graphql';
import type { ConversationRow } from './conversation.entity.js';
import { ConversationRepository } from './conversation.repository.js';

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
  readonly conversations = pageLoader<ConversationRow, SearchArguments>((viewer, oneToOneIds, args) =>
    this.database.read(viewer, (em) =>
      this.conversationRepository.findPagesWithWords(em, oneToOneIds, args, args.text),
    ),
  );
}
