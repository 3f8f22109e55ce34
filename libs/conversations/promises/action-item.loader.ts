import { Injectable } from '@nestjs/common';
import { Database } from '#db';
import { createLoader, createPageLoader } from '#graphql';
import type { TextVersionRow } from '../notes/text-version.model.js';
import { TextVersionRepository } from '../notes/text-version.repository.js';
import type { ActionItemRow } from './action-item.entity.js';
import type { ActionItemsArgs } from './action-item.inputs.js';
import { ActionItemRepository } from './action-item.repository.js';

/** A promise, and the list of promises that it is in. */
export type StandingRow = Awaited<ReturnType<ActionItemRepository['findStanding']>>[number];

/** Promises in the viewer's own pairs, once an operation. */
@Injectable()
export class ActionItemLoader {
  constructor(
    private readonly database: Database,
    private readonly items: ActionItemRepository,
    private readonly versions: TextVersionRepository,
  ) {}

  readonly byId = createLoader<string, ActionItemRow>((ctx, ids) =>
    this.database.read(ctx, async (em) => {
      const found = await this.items.findByIds(em, ids);
      return new Map(found.map((item) => [item.id, item]));
    }),
  );

  /** Those made in a conversation, in that order. */
  readonly ofConversation = createLoader<string, ActionItemRow[]>((ctx, conversationIds) =>
    this.database.read(ctx, async (em) => {
      const found = await this.items.findByConversations(em, conversationIds);
      return Map.groupBy(found, ({ madeInId }) => madeInId ?? '');
    }),
  );

  /** Those of a pair, newest first. */
  readonly ofOneToOne = createPageLoader<ActionItemRow, ActionItemsArgs>((ctx, oneToOneIds, args) =>
    this.database.read(ctx, (em) => this.items.findPages(em, oneToOneIds, args, args.state ?? null)),
  );

  /** Those of a pair that are in one of the lists of promises. */
  readonly standing = createLoader<string, StandingRow[]>((ctx, oneToOneIds) =>
    this.database.read(ctx, async (em) => {
      const found = await this.items.findStanding(em, oneToOneIds);
      return Map.groupBy(found, ({ oneToOneId }) => oneToOneId);
    }),
  );

  /** Its words over time, newest first. */
  readonly history = createLoader<string, TextVersionRow[]>((ctx, ids) =>
    this.database.read(ctx, (em) => this.versions.findByTexts(em, 'actionItem', ids)),
  );
}
