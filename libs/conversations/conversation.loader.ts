import { Injectable } from '@nestjs/common';
import type DataLoader from 'dataloader';
import { Database } from '#db';
import { operationLoader, pageLoader, type Loader, type Operation, type Page } from '#graphql';
import type { ConversationRow } from './conversation.entity.js';
import type { ConversationsArgs } from './conversation.inputs.js';
import { ConversationRepository } from './conversation.repository.js';

/** Conversations of the viewer, once an operation. */
@Injectable()
export class ConversationLoader {
  /** By id; null for any but those of the viewer's own pairs. */
  readonly byId: (op: Operation) => Loader<string, ConversationRow>;
  /** By the id of the pair: the soonest planned one, while the pair is open. */
  readonly next: (op: Operation) => Loader<string, ConversationRow>;
  /** By the id of the pair: when the two last met. */
  readonly lastHeldAt: (op: Operation) => Loader<string, Date>;
  /** By the id of the pair: a page, the one scheduled last first. */
  readonly ofOneToOne: (op: Operation, args: ConversationsArgs) => DataLoader<string, Page<ConversationRow>>;

  constructor(database: Database, conversations: ConversationRepository) {
    this.byId = operationLoader<string, ConversationRow>((viewer, ids) =>
      database.read(viewer, async (em) => {
        const found = await conversations.findByIds(em, ids);
        return new Map(found.map((row) => [row.id, row]));
      }),
    );
    this.next = operationLoader<string, ConversationRow>((viewer, oneToOneIds) =>
      database.read(viewer, async (em) => {
        const found = await conversations.findNext(em, oneToOneIds);
        return new Map(found.map((row) => [row.parentId, row]));
      }),
    );
    this.lastHeldAt = operationLoader<string, Date>((viewer, oneToOneIds) =>
      database.read(viewer, async (em) => {
        const found = await conversations.findLastHeld(em, oneToOneIds);
        return new Map(found.map(({ oneToOneId, heldAt }) => [oneToOneId, heldAt]));
      }),
    );
    this.ofOneToOne = pageLoader<ConversationRow, ConversationsArgs>((viewer, oneToOneIds, args) =>
      database.read(viewer, (em) => conversations.findPages(em, oneToOneIds, args, args.status ?? null)),
    );
  }
}
