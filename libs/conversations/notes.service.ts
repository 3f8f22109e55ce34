import { Injectable } from '@nestjs/common';
import { Database, type PersonViewer } from '#db';
import { notFound, type EditConflict } from '#graphql';
import type { ConversationRow } from './conversation.entity.js';
import { ConversationRepository } from './conversation.repository.js';
import type { SharedNotesPayload, WritePrivateNotesInput, WriteSharedNotesInput } from './notes.model.js';
import { NotesRepository } from './notes.repository.js';
import { TextVersionRepository } from './text-version.repository.js';
import { WritingPlaces } from './writing-place.js';

/** Shared notes: one document a conversation, both write. Private notes: the author's alone (domain.md). */
@Injectable()
export class NotesService {
  constructor(
    private readonly database: Database,
    private readonly notes: NotesRepository,
    private readonly conversations: ConversationRepository,
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
    viewer: PersonViewer,
    { conversationId, version, text }: WriteSharedNotesInput,
  ): Promise<SharedNotesPayload | EditConflict> {
    return this.database.write(viewer, async (em) => {
      await this.places.inConversation(em, conversationId);
      const present = await this.notes.lockByConversation(em, conversationId);
      if (!present) throw notFound();
      if (present.version !== version) return { __typename: 'EditConflict', current: present };
      if (present.text === text) return { __typename: 'SharedNotesPayload', sharedNotes: present };
      const sharedNotes = await this.notes.write(em, present.id, text, viewer.personId);
      await this.versions.record(em, 'sharedNotes', { ...sharedNotes, authorId: viewer.personId });
      return { __typename: 'SharedNotesPayload', sharedNotes };
    });
  }

  /** One's own notes stay writable as long as the conversation is there. @throws NOT_FOUND */
  writePrivate(
    viewer: PersonViewer,
    { conversationId, text }: WritePrivateNotesInput,
  ): Promise<ConversationRow> {
    return this.database.write(viewer, async (em) => {
      const conversation = await this.conversations.findById(em, conversationId);
      if (!conversation) throw notFound();
      await this.notes.writePrivate(em, conversation, viewer.personId, text);
      return conversation;
    });
  }
}
