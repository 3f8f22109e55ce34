import { Injectable } from '@nestjs/common';
import { Database } from '#db';
import { createLoader } from '#graphql';
import type { ConversationRow } from '../agenda/conversation.entity.js';
import { ConversationRepository } from '../agenda/conversation.repository.js';
import type { NotesImportRow, NotesImportSectionRow } from './notes-import.entity.js';
import { NotesImportRepository } from './notes-import.repository.js';

/** Imports of notes into the viewer's one-to-ones. */
@Injectable()
export class NotesImportLoader {
  constructor(
    private readonly database: Database,
    private readonly imports: NotesImportRepository,
    private readonly conversations: ConversationRepository,
  ) {}

  readonly byId = createLoader<string, NotesImportRow>((ctx, ids) =>
    this.database.read(ctx, async (em) => {
      const found = await this.imports.findByIds(em, ids);
      return new Map(found.map((one) => [one.id, one]));
    }),
  );

  /** Those that wait for an answer or can be undone, latest first, by the ID of the one-to-one. */
  readonly current = createLoader<string, NotesImportRow[]>((ctx, oneToOneIds) =>
    this.database.read(ctx, async (em) => {
      const found = await this.imports.findCurrent(em, oneToOneIds);
      return Map.groupBy(found, ({ oneToOneId }) => oneToOneId);
    }),
  );

  /** The notes that are proposed, latest first, by the ID of the import. */
  readonly sections = createLoader<string, NotesImportSectionRow[]>((ctx, importIds) =>
    this.database.read(ctx, async (em) => {
      const found = await this.imports.findSections(em, importIds);
      return Map.groupBy(found, ({ importId }) => importId);
    }),
  );

  /** The conversations that were created, latest first, by the ID of the import. */
  readonly created = createLoader<string, ConversationRow[]>((ctx, importIds) =>
    this.database.read(ctx, async (em) => {
      const found = await this.conversations.findByNotesImports(em, importIds);
      return Map.groupBy(found, ({ notesImportId }) => notesImportId ?? '');
    }),
  );
}
