import { Injectable } from '@nestjs/common';
import type DataLoader from 'dataloader';
import { Database } from '#db';
import { createLoader, createPageLoader, type Loader, type RequestContext, type Page } from '#graphql';
import type { ConversationRow } from './conversation.entity.js';
import type { ConversationsArgs } from './conversation.inputs.js';
import { ConversationRepository } from './conversation.repository.js';

/** Conversations of the viewer's one-to-ones. */
@Injectable()
export class ConversationLoader {
  /** Null unless the viewer is a participant. */
  readonly byId: (ctx: RequestContext) => Loader<string, ConversationRow>;
  /** The earliest planned conversation, by the ID of an open one-to-one. */
  readonly next: (ctx: RequestContext) => Loader<string, ConversationRow>;
  /** When the participants last met, by the ID of the one-to-one. */
  readonly lastHeldAt: (ctx: RequestContext) => Loader<string, Date>;
  /** A page by the ID of the one-to-one, by scheduled time, latest first. */
  readonly byOneToOne: (
    ctx: RequestContext,
    args: ConversationsArgs,
  ) => DataLoader<string, Page<ConversationRow>>;

  constructor(database: Database, conversations: ConversationRepository) {
    this.byId = createLoader<string, ConversationRow>((ctx, ids) =>
      database.read(ctx, async (em) => {
        const found = await conversations.findByIds(em, ids);
        return new Map(found.map((row) => [row.id, row]));
      }),
    );
    this.next = createLoader<string, ConversationRow>((ctx, oneToOneIds) =>
      database.read(ctx, async (em) => {
        const found = await conversations.findNext(em, oneToOneIds);
        return new Map(found.map((row) => [row.parentId, row]));
      }),
    );
    this.lastHeldAt = createLoader<string, Date>((ctx, oneToOneIds) =>
      database.read(ctx, async (em) => {
        const found = await conversations.findLastHeld(em, oneToOneIds);
        return new Map(found.map(({ oneToOneId, heldAt }) => [oneToOneId, heldAt]));
      }),
    );
    this.byOneToOne = createPageLoader<ConversationRow, ConversationsArgs>((ctx, oneToOneIds, args) =>
      database.read(ctx, (em) => conversations.findPages(em, oneToOneIds, args, args.status ?? null)),
    );
  }
}
