import { Injectable } from '@nestjs/common';
import { Database } from '#db';
import {
  conflict,
  createLoader,
  NodeRegistry,
  notFound,
  SUBSCRIPTION_ENDED,
  type EventRoot,
  type EventSource,
  type RequestContext,
} from '#graphql';
import { ConversationLoader } from '../agenda/conversation.loader.js';
import { OneToOneLoader } from '../pairs/one-to-one.loader.js';
import type { AnnouncedChange } from './announced-change.js';
import { ConversationChanges } from './conversation-changes.js';
import { LiveRepository } from './live.repository.js';

/** The subscription `conversationChanged`. */
@Injectable()
export class LiveService {
  private readonly isOpen = createLoader<string, boolean>((ctx, oneToOneIds) =>
    this.database.read(ctx, async (em) => {
      const open = await this.live.findOpen(em, oneToOneIds);
      return new Map(open.map((id) => [id, true]));
    }),
  );

  constructor(
    private readonly database: Database,
    private readonly live: LiveRepository,
    private readonly changes: ConversationChanges,
    private readonly conversations: ConversationLoader,
    private readonly oneToOnes: OneToOneLoader,
    private readonly nodes: NodeRegistry,
  ) {}

  /** @throws NOT_FOUND; CONFLICT where the one-to-one is not open; UNAVAILABLE */
  async subscribe(ctx: RequestContext, conversationId: string): Promise<EventSource> {
    const conversation = await this.conversations.byId(ctx).load(conversationId);
    if (!conversation) throw notFound();
    if ((await this.isOpen(ctx).load(conversation.oneToOneId)) !== true) {
      throw conflict('This one-to-one is not open, so its conversations do not change.');
    }
    // Read again once the subscription has started: a change before that has no event.
    const first: AnnouncedChange = {
      oneToOneId: conversation.oneToOneId,
      conversationId,
      typename: 'Conversation',
      nodeId: conversationId,
      isRemoved: false,
    };
    const eventOf = (change: AnnouncedChange) => ({
      read: (reader: RequestContext) => this.read(reader, conversationId, change),
    });
    const source = this.changes.subscribe(conversation, eventOf(first), eventOf);
    ctx.clearLoaders();
    return source;
  }

  /** What a subscriber receives of a change, read with their session. */
  private async read(
    ctx: RequestContext,
    conversationId: string,
    { oneToOneId, typename, nodeId, isRemoved }: AnnouncedChange,
  ): Promise<EventRoot | null | typeof SUBSCRIPTION_ENDED> {
    // Together, in one transaction.
    const [open, conversation, node] = await Promise.all([
      this.isOpen(ctx).load(oneToOneId),
      this.conversations.byId(ctx).load(conversationId),
      typename === 'OneToOne' ? null : this.nodes.read(ctx, typename, nodeId),
    ]);
    if (open !== true) return SUBSCRIPTION_ENDED;
    // The event of a deleted conversation itself follows.
    if (!conversation && nodeId !== conversationId) return null;
    if (node) return { conversationChanged: node };
    return isRemoved ? { conversationChanged: { __typename: 'RemovedNode', id: nodeId, typename } } : null;
  }
}
