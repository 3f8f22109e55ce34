import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Database, type PersonContext } from '#db';
import { badInput, compareEdit, conflict, LONGEST_MARKDOWN, notFound, type EditConflict } from '#graphql';
import type { ConversationRow } from '../agenda/conversation.entity.js';
import { ConversationRepository } from '../agenda/conversation.repository.js';
import { OneToOneRepository } from '../pairs/one-to-one.repository.js';
import { WritingPlaces } from '../agenda/writing-place.js';
import type { SharedNotesPayload, WritePrivateNotesInput, WriteSharedNotesInput } from './notes.model.js';
import { NotesRepository } from './notes.repository.js';
import { TextVersionRepository } from './text-version.repository.js';

/** Shared notes: one document a conversation, both write. Private notes: the author's alone (domain.md). */
@Injectable()
export class NotesService {
  constructor(
    private readonly database: Database,
    private readonly notes: NotesRepository,
    private readonly conversations: ConversationRepository,
    private readonly oneToOnes: OneToOneRepository,
    private readonly versions: TextVersionRepository,
    private readonly places: WritingPlaces,
  ) {}

  /**
   * Saving what is there already changes nothing.
   *
   * @returns EditConflict where `version` is not the present one: nothing that anybody wrote is overwritten unseen
   * @throws NOT_FOUND; CONFLICT where the pair is not open
   */
  writeShared(
    ctx: PersonContext,
    { conversationId, version, text }: WriteSharedNotesInput,
  ): Promise<SharedNotesPayload | EditConflict> {
    return this.database.write(ctx, async (em) => {
      await this.places.inConversation(em, conversationId);
      const present = await this.notes.lockByConversation(em, conversationId);
      if (!present) throw notFound();
      const comparison = compareEdit(present, version, { text });
      if (comparison === 'OUTDATED') return { __typename: 'EditConflict', current: present };
      if (comparison === 'UNCHANGED') return { __typename: 'SharedNotesPayload', sharedNotes: present };
      const sharedNotes = await this.notes.write(em, present.id, text, ctx.viewer.personId);
      await this.versions.record(em, 'sharedNotes', { ...sharedNotes, authorId: ctx.viewer.personId });
      return { __typename: 'SharedNotesPayload', sharedNotes };
    });
  }

  /**
   * One's own notes stay writable as long as the conversation is there. Saving what is stored already changes nothing.
   *
   * @throws NOT_FOUND; BAD_USER_INPUT for more words than fit; CONFLICT where they do not say what was seen any more
   */
  writePrivate(
    ctx: PersonContext,
    { conversationId, text, seenText = null }: WritePrivateNotesInput,
  ): Promise<ConversationRow> {
    return this.database.write(ctx, async (em) => {
      const conversation = await this.holdConversation(em, conversationId);
      const present = (await this.notes.lockPrivate(em, conversationId)) ?? '';
      if (text === present) return conversation;
      if (seenText !== null && seenText !== present) throw conflict(CHANGED_MEANWHILE);
      assertFits(text, present);
      if (text === '') await this.notes.removePrivate(em, conversationId);
      else if (!(await this.notes.writePrivate(em, conversation, ctx.viewer.personId, { text, seenText })))
        throw conflict(CHANGED_MEANWHILE);
      return conversation;
    });
  }

  /** The conversation, which does not go until the transaction ends: with it would go what is written in it. */
  private async holdConversation(em: EntityManager, id: string): Promise<ConversationRow> {
    const seen = await this.conversations.findById(em, id);
    if (!seen) throw notFound();
    await this.oneToOnes.holdById(em, seen.oneToOneId);
    const conversation = await this.conversations.findById(em, id);
    if (!conversation) throw notFound();
    return conversation;
  }
}

const CHANGED_MEANWHILE = 'These notes were changed meanwhile. Read them again, so that no words get lost.';

/**
 * Taking a conversation back may have joined two notes, which together are longer than what is written at a time: whoever edits
 * them must not have to cut words first.
 */
function assertFits(text: string, present: string): void {
  const most = Math.max(LONGEST_MARKDOWN, Array.from(present).length);
  if (text.length > most && Array.from(text).length > most) {
    throw badInput('input.text', `must be at most ${most.toLocaleString('en')} characters.`);
  }
}
