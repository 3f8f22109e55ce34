import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { affected, columns, row, rows, sql } from '#db';
import { SharedNotesEntity, type SharedNotesRow } from './shared-notes.entity.js';

const notes = sql`${columns(SharedNotesEntity, 'n')}, 'SharedNotes' as "__typename"`;

/** Shared notes, and the viewer's private ones. */
@Injectable()
export class NotesRepository {
  findByConversations(em: EntityManager, conversationIds: readonly string[]): Promise<SharedNotesRow[]> {
    return rows<SharedNotesRow>(
      em,
      sql`select ${notes} from shared_notes n where n.conversation_id = any(${conversationIds}::uuid[])`,
    );
  }

  findByIds(em: EntityManager, ids: readonly string[]): Promise<SharedNotesRow[]> {
    return rows<SharedNotesRow>(
      em,
      sql`select ${notes} from shared_notes n where n.id = any(${ids}::uuid[])`,
    );
  }

  /** Kept from others until the transaction ends; as they are once others are done with them. */
  async lockByConversation(em: EntityManager, conversationId: string): Promise<SharedNotesRow | undefined> {
    const locked = await row(
      em,
      sql`select 1 from shared_notes where conversation_id = ${conversationId}::uuid for update`,
    );
    return locked === undefined ? undefined : (await this.findByConversations(em, [conversationId]))[0];
  }

  /** Saves the text as the next version by this person. */
  async write(em: EntityManager, id: string, text: string, personId: string): Promise<SharedNotesRow> {
    const written = await row<SharedNotesRow>(
      em,
      sql`update shared_notes n
          set text = ${text}, version = n.version + 1, updated_at = now(), updated_by_id = ${personId}
          where n.id = ${id}::uuid returning ${notes}`,
    );
    if (!written) throw new Error('Shared notes were not written.');
    return written;
  }

  /** The viewer's own notes; nobody else's are there for them. */
  findPrivate(
    em: EntityManager,
    conversationIds: readonly string[],
  ): Promise<{ conversationId: string; text: string }[]> {
    return rows<{ conversationId: string; text: string }>(
      em,
      sql`select conversation_id as "conversationId", text from private_notes
          where conversation_id = any(${conversationIds}::uuid[])`,
    );
  }

  /** The viewer's own notes, kept from other windows of theirs until the transaction ends. */
  async lockPrivate(em: EntityManager, conversationId: string): Promise<string | undefined> {
    const locked = await row<{ text: string }>(
      em,
      sql`select text from private_notes where conversation_id = ${conversationId}::uuid for update`,
    );
    return locked?.text;
  }

  /**
   * Only over the text that was seen, if that is given.
   *
   * @returns whether they were written
   */
  async writePrivate(
    em: EntityManager,
    conversation: { readonly id: string; readonly organizationId: string },
    authorId: string,
    { text, seenText }: { readonly text: string; readonly seenText: string | null },
  ): Promise<boolean> {
    const written = await affected(
      em,
      sql`insert into private_notes as n (conversation_id, author_id, organization_id, text)
          values (${conversation.id}, ${authorId}, ${conversation.organizationId}, ${text})
          on conflict (conversation_id, author_id) do update set text = excluded.text, updated_at = now()
            where ${seenText}::text is null or n.text = ${seenText}::text`,
    );
    return written > 0;
  }

  async removePrivate(em: EntityManager, conversationId: string): Promise<void> {
    await affected(em, sql`delete from private_notes where conversation_id = ${conversationId}::uuid`);
  }
}
