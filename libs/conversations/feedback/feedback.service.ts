import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Database, type PersonContext } from '#db';
import { badInput, conflict } from '#graphql';
import type { ConversationRow } from '../agenda/conversation.entity.js';
import { WriteTargets } from '../agenda/write-target.js';
import type { FeedbackRow } from './feedback.entity.js';
import type { GiveFeedbackInput } from './feedback.inputs.js';
import { FeedbackRepository } from './feedback.repository.js';

/**
 * Feedback on conversations (docs/domain.md). Policies decide what is revealed. Every change takes the same locks and sends the same
 * statements, whatever the other participant has written.
 */
@Injectable()
export class FeedbackService {
  constructor(
    private readonly database: Database,
    private readonly feedback: FeedbackRepository,
    private readonly targets: WriteTargets,
  ) {}

  /**
   * Replaces the viewer's feedback. Giving what is stored changes nothing.
   *
   * @throws NOT_FOUND; BAD_USER_INPUT for an empty offer; CONFLICT where it was revealed, where the conversation was not held, is off the
   * record or imported, and where the one-to-one is not open
   */
  give(ctx: PersonContext, input: GiveFeedbackInput): Promise<ConversationRow> {
    const { conversationId, better = null, worthIt = null, offered } = input;
    return this.database.write(ctx, async (em) => {
      const isEmpty = better === null && worthIt === null;
      if (isEmpty && offered) throw badInput('input.offered', 'requires a text or a value.', 'REQUIRED');
      // What is only deleted need not be able to be written.
      const conversation = isEmpty
        ? await this.targets.lockAnyConversation(em, conversationId)
        : (await this.targets.lockConversation(em, conversationId, { exclusively: true })).conversation;
      const { own, isRevealed } = await this.read(em, conversation, ctx);
      if (isEmpty ? !own : own?.better === better && own.worthIt === worthIt && own.offered === offered) {
        return conversation;
      }
      if (isRevealed) throw alreadyRevealed();
      if (own && isEmpty) {
        await this.feedback.delete(em, own.id);
        return conversation;
      }
      assertHeld(conversation);
      if (own) await this.feedback.update(em, own.id, { better, worthIt, offered });
      else {
        await this.feedback.insert(em, {
          organizationId: conversation.organizationId,
          conversationId,
          authorId: ctx.viewer.personId,
          better,
          worthIt,
          offered,
        });
      }
      return conversation;
    });
  }

  /**
   * The viewer keeps what they offered. Changes nothing where nothing is offered. Also in a one-to-one that has ended.
   *
   * @throws NOT_FOUND; CONFLICT where it was revealed
   */
  withdraw(ctx: PersonContext, conversationId: string): Promise<ConversationRow> {
    return this.database.write(ctx, async (em) => {
      const conversation = await this.targets.lockAnyConversation(em, conversationId);
      const { own, isRevealed } = await this.read(em, conversation, ctx);
      if (!own?.offered) return conversation;
      if (isRevealed) throw alreadyRevealed();
      await this.feedback.update(em, own.id, { offered: false });
      return conversation;
    });
  }

  private async read(
    em: EntityManager,
    { id }: ConversationRow,
    { viewer }: PersonContext,
  ): Promise<{ own: FeedbackRow | undefined; isRevealed: boolean }> {
    const found = await this.feedback.findByConversations(em, [id], viewer.personId);
    return {
      own: found.find(({ authorId }) => authorId === viewer.personId),
      isRevealed: found.some(({ authorId }) => authorId !== viewer.personId),
    };
  }
}

function alreadyRevealed(): Error {
  return conflict(
    'Both of you have offered feedback, and it was revealed to both. It can no longer be changed.',
  );
}

function assertHeld({ status, notesImportId }: ConversationRow): void {
  if (notesImportId !== null) throw conflict('This conversation was imported. It takes no feedback.');
  if (status !== 'HELD') {
    throw conflict(`Feedback is for a conversation that took place. The status of this one is ${status}.`);
  }
}
