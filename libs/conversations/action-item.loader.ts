import { Injectable } from '@nestjs/common';
import { Database } from '#db';
import { operationLoader, pageLoader } from '#graphql';
import type { ActionItemRow } from './action-item.entity.js';
import type { ActionItemsArgs } from './action-item.inputs.js';
import { ActionItemRepository } from './action-item.repository.js';
import type { TextVersionRow } from './text-version.model.js';
import { TextVersionRepository } from './text-version.repository.js';

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

  readonly byId = operationLoader<string, ActionItemRow>((viewer, ids) =>
    this.database.read(viewer, async (em) => {
      const found = await this.items.findByIds(em, ids);
      return new Map(found.map((item) => [item.id, item]));
    }),
  );

  /** Those made in a conversation, in that order. */
  readonly ofConversation = operationLoader<string, ActionItemRow[]>((viewer, conversationIds) =>
    this.database.read(viewer, async (em) => {
      const found = await this.items.findByConversations(em, conversationIds);
      return Map.groupBy(found, ({ madeInId }) => madeInId ?? '');
    }),
  );

  /** Those of a pair, newest first. */
  readonly ofOneToOne = pageLoader<ActionItemRow, ActionItemsArgs>((viewer, oneToOneIds, args) =>
    this.database.read(viewer, (em) => this.items.findPages(em, oneToOneIds, args, args.state ?? null)),
  );

  /** Those of a pair that are in one of the lists of promises. */
  readonly standing = operationLoader<string, StandingRow[]>((viewer, oneToOneIds) =>
    this.database.read(viewer, async (em) => {
      const found = await this.items.findStanding(em, oneToOneIds);
      return Map.groupBy(found, ({ oneToOneId }) => oneToOneId);
    }),
  );

  /** Its words over time, newest first. */
  readonly history = operationLoader<string, TextVersionRow[]>((viewer, ids) =>
    this.database.read(viewer, (em) => this.versions.findByTexts(em, 'actionItem', ids)),
  );
}
