import { Injectable } from '@nestjs/common';
import { Database } from '#db';
import { AccessLog } from '#goals';
import { createLoader, derivedId } from '#graphql';
import type { Preparation, Suggestion } from './preparation.model.js';
import { PreparationRepository } from './preparation.repository.js';
import { suggestionsFrom } from './preparation.rules.js';

/** Preparation of conversations (docs/domain.md, Preparation). */
@Injectable()
export class PreparationLoader {
  constructor(
    private readonly database: Database,
    private readonly repository: PreparationRepository,
    private readonly accessLog: AccessLog,
  ) {}

  /**
   * By the ID of a conversation; null unless it is planned and on the record, and its one-to-one open and not paused. A suggestion about a goal of the other participant is a
   * read of that goal, and logged.
   */
  readonly byConversation = createLoader<string, Preparation>(async (ctx, ids) => {
    const found = await this.database.read(ctx, (em) =>
      this.repository.findByConversations(em, ctx.viewer?.personId ?? null, ids),
    );
    return new Map(
      found.map((row) => {
        const goalFacts = row.goalFacts.map((fact) => this.accessLog.reveal(ctx, fact, 'LISTED'));
        return [
          row.conversationId,
          preparationOf(row.conversationId, row.since, suggestionsFrom(row, goalFacts)),
        ];
      }),
    );
  });
}

export function preparationOf(
  conversationId: string,
  since: Date | null = null,
  suggestions: Suggestion[] = [],
): Preparation {
  return {
    get id() {
      return derivedId('Preparation', conversationId);
    },
    since,
    suggestions,
  };
}
