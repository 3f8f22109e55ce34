import { Injectable } from '@nestjs/common';
import { Database } from '#db';
import { createLoader } from '#graphql';
import type { FeedbackRow } from './feedback.entity.js';
import { FeedbackRepository } from './feedback.repository.js';

@Injectable()
export class FeedbackLoader {
  constructor(
    private readonly database: Database,
    private readonly feedback: FeedbackRepository,
  ) {}

  /** What the viewer can see, by the ID of the conversation. */
  readonly byConversation = createLoader<string, FeedbackRow[]>((ctx, conversationIds) =>
    this.database.read(ctx, async (em) => {
      const found = await this.feedback.findByConversations(
        em,
        conversationIds,
        ctx.viewer?.personId ?? null,
      );
      return Map.groupBy(found, ({ conversationId }) => conversationId);
    }),
  );
}
