import { Injectable } from '@nestjs/common';
import { Database } from '#db';
import { createLoader, createPageLoader } from '#graphql';
import type { TextVersionRow } from '../notes/text-version.model.js';
import { TextVersionRepository } from '../notes/text-version.repository.js';
import type { ActionItemRow } from './action-item.entity.js';
import type { ActionItemsArgs } from './action-item.inputs.js';
import { ActionItemRepository } from './action-item.repository.js';

/** Action items of the viewer's own one-to-ones. */
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

  /** By the ID of the conversation in which they were promised, oldest first. */
  readonly byConversation = createLoader<string, ActionItemRow[]>((ctx, conversationIds) =>
    this.database.read(ctx, async (em) => {
      const found = await this.items.findByConversations(em, conversationIds);
      return Map.groupBy(found, ({ madeInId }) => madeInId ?? '');
    }),
  );

  /** A page by the ID of the one-to-one, newest first. */
  readonly byOneToOne = createPageLoader<ActionItemRow, ActionItemsArgs>((ctx, oneToOneIds, args) =>
    this.database.read(ctx, (em) =>
      this.items.findPages(em, ctx.viewer?.personId ?? null, oneToOneIds, args),
    ),
  );

  /** The versions of the text, newest first. */
  readonly history = createLoader<string, TextVersionRow[]>((ctx, ids) =>
    this.database.read(ctx, (em) => this.versions.findByTexts(em, 'actionItem', ids)),
  );
}
