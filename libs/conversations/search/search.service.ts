import { Injectable } from '@nestjs/common';
import { Database, type PersonContext } from '#db';
import { createPageLoader, type Page } from '#graphql';
import type { ConversationRow } from '../agenda/conversation.entity.js';
import { ConversationRepository } from '../agenda/conversation.repository.js';
import type { SearchArgs } from './search.inputs.js';
import type { SearchResult } from './search.model.js';
import { SearchRepository } from './search.repository.js';
import { snippetOf } from './search.rules.js';

/** Finds text in what the viewer can read of their own goals and one-to-ones. */
@Injectable()
export class SearchService {
  constructor(
    private readonly database: Database,
    private readonly searches: SearchRepository,
    private readonly conversations: ConversationRepository,
  ) {}

  /** Conversations that contain the text, by the ID of the one-to-one. */
  readonly conversationsOf = createPageLoader<ConversationRow, SearchArgs>((ctx, oneToOneIds, args) =>
    this.database.read(ctx, (em) => this.conversations.findPagesWithText(em, oneToOneIds, args, args.text)),
  );

  /** @throws BAD_USER_INPUT for a cursor of another list */
  async page(ctx: PersonContext, args: SearchArgs): Promise<Page<SearchResult>> {
    const found = await this.database.read(ctx, (em) =>
      this.searches.findPage(em, ctx.viewer.personId, args.text, args),
    );
    return found.map(({ text, ...row }) => ({ ...row, snippet: snippetOf(text, args.text) }));
  }
}
