import { Injectable } from '@nestjs/common';
import { Database } from '#db';
import { createLoader } from '#graphql';
import { NotesRepository } from './notes.repository.js';
import type { PrivateNotesRow } from './private-notes.entity.js';
import type { SharedNotesRow } from './shared-notes.entity.js';
import type { TextVersionRow } from './text-version.model.js';
import { TextVersionRepository } from './text-version.repository.js';

/** Shared notes of the viewer's conversations, and the viewer's private notes. */
@Injectable()
export class NotesLoader {
  constructor(
    private readonly database: Database,
    private readonly notes: NotesRepository,
    private readonly versions: TextVersionRepository,
  ) {}

  /** By the ID of the conversation. */
  readonly shared = createLoader<string, SharedNotesRow>((ctx, conversationIds) =>
    this.database.read(ctx, async (em) => {
      const found = await this.notes.findByConversations(em, conversationIds);
      return new Map(found.map((notes) => [notes.conversationId, notes]));
    }),
  );

  /** Shared notes by their own ID. */
  readonly sharedById = createLoader<string, SharedNotesRow>((ctx, ids) =>
    this.database.read(ctx, async (em) => {
      const found = await this.notes.findByIds(em, ids);
      return new Map(found.map((notes) => [notes.id, notes]));
    }),
  );

  /** The viewer's own, by the ID of the conversation. */
  readonly private = createLoader<string, PrivateNotesRow>((ctx, conversationIds) =>
    this.database.read(ctx, async (em) => {
      const found = await this.notes.findPrivate(em, conversationIds);
      return new Map(found.map((notes) => [notes.conversationId, notes]));
    }),
  );

  /** The versions of shared notes by their ID, newest first. */
  readonly history = createLoader<string, TextVersionRow[]>((ctx, ids) =>
    this.database.read(ctx, (em) => this.versions.findByTexts(em, 'sharedNotes', ids)),
  );
}
