import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { columns, insertInto, row, rows, sql } from '#db';
import { PrivateNotesEntity, type PrivateNotesRow } from './private-notes.entity.js';
import { SharedNotesEntity, type SharedNotesRow } from './shared-notes.entity.js';

const sharedNotes = sql`${columns(SharedNotesEntity, 'n')}, 'SharedNotes' as "__typename"`;
const privateNotes = sql`${columns(PrivateNotesEntity, 'private_notes')}, conversation_id as "id", 'PrivateNotes' as "__typename"`;

/** Shared notes, and the viewer's private notes. */
@Injectable()
export class NotesRepository {
  findByConversations(em: EntityManager, conversationIds: readonly string[]): Promise<SharedNotesRow[]> {
    return rows<SharedNotesRow>(
      em,
      sql`select ${sharedNotes} from shared_notes n where n.conversation_id = any(${conversationIds}::uuid[])`,
    );
  }

  findByIds(em: EntityManager, ids: readonly string[]): Promise<SharedNotesRow[]> {
    return rows<SharedNotesRow>(
      em,
      sql`select ${sharedNotes} from shared_notes n where n.id = any(${ids}::uuid[])`,
    );
  }

  /** Locks the row until the transaction ends, and returns it as it is after waiting for the lock. */
  async lockByConversation(em: EntityManager, conversationId: string): Promise<SharedNotesRow | undefined> {
    const locked = await row(
      em,
      sql`select 1 from shared_notes where conversation_id = ${conversationId}::uuid for update`,
    );
    return locked === undefined ? undefined : (await this.findByConversations(em, [conversationId]))[0];
  }

  /** Writes the text as the next version by this person. */
  async write(em: EntityManager, id: string, text: string, personId: string): Promise<SharedNotesRow> {
    const written = await row<SharedNotesRow>(
      em,
      sql`update shared_notes n
          set text = ${text}, version = n.version + 1, updated_at = now(), updated_by_id = ${personId}
          where n.id = ${id}::uuid returning ${sharedNotes}`,
    );
    if (!written) throw new Error('The shared notes were not written.');
    return written;
  }

  /** The viewer's own notes. The policies hide all others. */
  findPrivate(em: EntityManager, conversationIds: readonly string[]): Promise<PrivateNotesRow[]> {
    return rows<PrivateNotesRow>(
      em,
      sql`select ${privateNotes} from private_notes where conversation_id = any(${conversationIds}::uuid[])`,
    );
  }

  /** The viewer's own notes, locked until the transaction ends. */
  lockPrivate(em: EntityManager, conversationId: string): Promise<PrivateNotesRow | undefined> {
    return row<PrivateNotesRow>(
      em,
      sql`select ${privateNotes} from private_notes where conversation_id = ${conversationId}::uuid for update`,
    );
  }

  /** @returns undefined where the viewer has notes on this conversation already */
  insertPrivate(
    em: EntityManager,
    values: Pick<PrivateNotesEntity, 'conversationId' | 'authorId' | 'organizationId' | 'text'>,
  ): Promise<PrivateNotesRow | undefined> {
    return row<PrivateNotesRow>(
      em,
      sql`${insertInto(PrivateNotesEntity, values)} on conflict do nothing returning ${privateNotes}`,
    );
  }

  async updatePrivate(em: EntityManager, conversationId: string, text: string): Promise<void> {
    await row(
      em,
      sql`update private_notes set text = ${text}, version = version + 1, updated_at = now()
          where conversation_id = ${conversationId}::uuid returning 1 as written`,
    );
  }
}
