import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Database, type PersonContext } from '#db';
import { badInput, compareEdit, conflict, LONGEST_MARKDOWN, notFound, type EditConflict } from '#graphql';
import type { ConversationRow } from '../agenda/conversation.entity.js';
import type { ConversationPayload } from '../agenda/conversation.model.js';
import { ConversationRepository } from '../agenda/conversation.repository.js';
import { assertOnTheRecord, WriteTargets } from '../agenda/write-target.js';
import { NotesImportRepository } from '../notes-import/notes-import.repository.js';
import { OneToOneRepository } from '../pairs/one-to-one.repository.js';
import type { WritePrivateNotesInput, WriteSharedNotesInput } from './notes.inputs.js';
import type { SharedNotesPayload } from './notes.model.js';
import { NotesRepository } from './notes.repository.js';
import { TextVersionRepository } from './text-version.repository.js';

/** Shared and private notes (docs/domain.md). */
@Injectable()
export class NotesService {
  constructor(
    private readonly database: Database,
    private readonly notes: NotesRepository,
    private readonly conversations: ConversationRepository,
    private readonly oneToOnes: OneToOneRepository,
    private readonly versions: TextVersionRepository,
    private readonly targets: WriteTargets,
    private readonly imports: NotesImportRepository,
  ) {}

  /**
   * Writing what is stored changes nothing.
   *
   * @returns EditConflict where `version` is outdated
   * @throws NOT_FOUND; CONFLICT where the one-to-one is not open, or the conversation is off the record
   */
  writeShared(
    ctx: PersonContext,
    { conversationId, version, text }: WriteSharedNotesInput,
  ): Promise<SharedNotesPayload | EditConflict> {
    return this.database.write(ctx, async (em) => {
      await this.targets.lockConversation(em, conversationId);
      const stored = await this.notes.lockByConversation(em, conversationId);
      if (!stored) throw notFound();
      const comparison = compareEdit(stored, version, { text });
      if (comparison === 'OUTDATED') return { __typename: 'EditConflict', current: stored };
      if (comparison === 'UNCHANGED') return { __typename: 'SharedNotesPayload', sharedNotes: stored };
      const sharedNotes = await this.notes.write(em, stored.id, text, ctx.viewer.personId);
      await this.versions.record(em, 'sharedNotes', { ...sharedNotes, authorId: ctx.viewer.personId });
      return { __typename: 'SharedNotesPayload', sharedNotes };
    });
  }

  /**
   * Also in an ended one-to-one. Writing what is stored changes nothing.
   *
   * @returns EditConflict where `version` is outdated
   * @throws NOT_FOUND; BAD_USER_INPUT for a text that is too long; CONFLICT off the record, except to empty them, and in an imported
   * conversation while the import can be undone
   */
  writePrivate(
    ctx: PersonContext,
    { conversationId, version, text }: WritePrivateNotesInput,
  ): Promise<ConversationPayload | EditConflict> {
    return this.database.write(ctx, async (em) => {
      const conversation = await this.lockConversation(em, conversationId);
      // Notes from before can be emptied.
      if (text !== '') assertOnTheRecord(conversation);
      const { notesImportId } = conversation;
      if (notesImportId !== null && (await this.imports.isUndoable(em, notesImportId))) {
        throw conflict(
          'This conversation was imported, and the import can still be undone. Write private notes once it no longer can.',
        );
      }
      const stored = await this.notes.lockPrivate(em, conversationId);
      const comparison = compareEdit(stored ?? { text: '', version: 0 }, version, { text });
      if (comparison === 'UNCHANGED') return { __typename: 'ConversationPayload', conversation };
      if (stored) {
        if (comparison === 'OUTDATED') return { __typename: 'EditConflict', current: stored };
        assertLength(text, stored.text);
        await this.notes.updatePrivate(em, conversationId, text);
        return { __typename: 'ConversationPayload', conversation };
      }
      // Notes are never deleted while their conversation exists, so nobody has read a version other than 0.
      if (comparison === 'OUTDATED')
        throw badInput('input.version', 'must be 0 for the first private notes.');
      assertLength(text, '');
      const values = { conversationId, authorId: ctx.viewer.personId, text };
      const written = await this.notes.insertPrivate(em, {
        ...values,
        organizationId: conversation.organizationId,
      });
      if (written) return { __typename: 'ConversationPayload', conversation };
      // A concurrent request of the viewer wrote the first notes.
      const current = await this.notes.lockPrivate(em, conversationId);
      if (!current) throw notFound();
      return current.text === text
        ? { __typename: 'ConversationPayload', conversation }
        : { __typename: 'EditConflict', current };
    });
  }

  /** Locks the one-to-one, so that the conversation is not deleted together with what is written in it. */
  private async lockConversation(em: EntityManager, id: string): Promise<ConversationRow> {
    const seen = await this.conversations.findById(em, id);
    if (!seen) throw notFound();
    await this.oneToOnes.lockSharedById(em, seen.oneToOneId);
    const conversation = await this.conversations.findById(em, id);
    if (!conversation) throw notFound();
    return conversation;
  }
}

/**
 * Reopening a conversation may have joined two notes into a text that is longer than the limit. It can be edited at its length, so that
 * nobody has to delete text first.
 */
function assertLength(text: string, stored: string): void {
  const most = Math.max(LONGEST_MARKDOWN, Array.from(stored).length);
  if (text.length > most && Array.from(text).length > most) {
    throw badInput('input.text', `must be at most ${most.toLocaleString('en')} characters.`, 'TOO_LONG');
  }
}
