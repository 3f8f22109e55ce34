import { Injectable } from '@nestjs/common';
import type DataLoader from 'dataloader';
import { Database } from '#db';
import { createLoader, createPageLoader, type Loader, type RequestContext, type Page } from '#graphql';
import type { ConversationRow } from './conversation.entity.js';
import type { ConversationsArgs } from './conversation.inputs.js';
import { ConversationRepository } from './conversation.repository.js';

/** Conversations of the viewer, once an operation. */
@Injectable()
export class ConversationLoader {
  /** By id; null for any but those of the viewer's own pairs. */
  readonly byId: (ctx: RequestContext) => Loader<string, ConversationRow>;
  /** By the id of the pair: the soonest planned one, while the pair is open. */
  readonly next: (ctx: RequestContext) => Loader<string, ConversationRow>;
  /** By the id of the pair: when the two last met. */
  readonly lastHeldAt: (ctx: RequestContext) => Loader<string, Date>;
  /** By the id of the pair: a page, the one scheduled last first. */
  readonly ofOneToOne: (
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
    this.ofOneToOne = createPageLoader<ConversationRow, ConversationsArgs>((ctx, oneToOneIds, args) =>
      database.read(ctx, (em) => conversations.findPages(em, oneToOneIds, args, args.status ?? null)),
    );
  }
}
