import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { affected, columns, insertInto, row, rows, sql } from '#db';
import type { DatedNotes } from './dated-notes.js';
import { NotesImportEntity, type NotesImportRow, type NotesImportSectionRow } from './notes-import.entity.js';

const undoable = sql`n.accepted_at > now() - interval '7 days'`;
const notesImport = sql`${columns(NotesImportEntity, 'n')},
  case when ${undoable} then n.accepted_at + interval '7 days' end as "undoableUntil", 'NotesImport' as "__typename"`;

@Injectable()
export class NotesImportRepository {
  findByIds(em: EntityManager, ids: readonly string[]): Promise<NotesImportRow[]> {
    return rows<NotesImportRow>(
      em,
      sql`select ${notesImport} from notes_import n where n.id = any(${ids}::uuid[])`,
    );
  }

  /** Those of each of these one-to-ones that wait for an answer or can be undone, latest first. */
  findCurrent(em: EntityManager, oneToOneIds: readonly string[]): Promise<NotesImportRow[]> {
    return rows<NotesImportRow>(
      em,
      sql`select ${notesImport} from notes_import n
          where n.one_to_one_id = any(${oneToOneIds}::uuid[]) and (n.accepted_at is null or ${undoable})
          order by n.id desc`,
    );
  }

  /** The notes of each of these imports, latest first. None once it is accepted. */
  findSections(em: EntityManager, importIds: readonly string[]): Promise<NotesImportSectionRow[]> {
    return rows<NotesImportSectionRow>(
      em,
      sql`select s.import_id as "importId", s.held_on as "heldOn", s.text from notes_import_section s
          where s.import_id = any(${importIds}::uuid[]) order by s.held_on desc`,
    );
  }

  /** The days, in this time zone, among these on which the two have a conversation that was held. */
  async findHeldOn(
    em: EntityManager,
    { id, timeZone }: { readonly id: string; readonly timeZone: string },
    days: readonly string[],
  ): Promise<ReadonlySet<string>> {
    const found = await rows<{ day: string }>(
      em,
      sql`select distinct (c.held_at at time zone ${timeZone})::date::text as day from conversation c
          where c.one_to_one_id = ${id}::uuid and c.status = 'HELD'
            and (c.held_at at time zone ${timeZone})::date = any(${days}::date[])`,
    );
    return new Set(found.map(({ day }) => day));
  }

  /** Up to which day, inclusive, the organization no longer keeps conversations, and for how many months it does. */
  async findRetention(
    em: EntityManager,
    organizationId: string,
  ): Promise<{ deletedUntil: string; months: number }> {
    const found = await row<{ deletedUntil: string; months: number }>(
      em,
      sql`select (now() - make_interval(months => o.conversation_retention_months))::date as "deletedUntil",
            o.conversation_retention_months as "months"
          from organization o where o.id = ${organizationId}::uuid`,
    );
    if (!found) throw new Error('The organization was not found.');
    return found;
  }

  async isUndoable(em: EntityManager, id: string): Promise<boolean> {
    return (
      (await row(em, sql`select 1 from notes_import n where n.id = ${id}::uuid and ${undoable}`)) !==
      undefined
    );
  }

  /** @returns undefined where a proposal waits for an answer already */
  async insert(
    em: EntityManager,
    values: Pick<NotesImportEntity, 'organizationId' | 'oneToOneId' | 'proposedById'>,
    notes: readonly DatedNotes[],
  ): Promise<string | undefined> {
    const inserted = await row<{ id: string }>(
      em,
      sql`${insertInto(NotesImportEntity, values)} on conflict (one_to_one_id) where accepted_at is null do nothing returning id`,
    );
    if (!inserted) return undefined;
    await affected(
      em,
      sql`insert into notes_import_section (import_id, held_on, organization_id, text)
          select ${inserted.id}::uuid, s.held_on, ${values.organizationId}::uuid, s.text
          from unnest(${notes.map(({ heldOn }) => heldOn)}::date[], ${notes.map(({ text }) => text)}::text[]) s(held_on, text)`,
    );
    return inserted.id;
  }

  /** @returns false where it was accepted, or the viewer proposed it or cannot see it */
  async accept(em: EntityManager, id: string): Promise<boolean> {
    return (
      (await row<{ done: boolean }>(em, sql`select app.accept_notes_import(${id}::uuid) as done`))?.done ??
      false
    );
  }

  /** @returns false where it was not accepted within 7 days, or the viewer cannot see it */
  async undo(em: EntityManager, id: string): Promise<boolean> {
    return (
      (await row<{ done: boolean }>(em, sql`select app.undo_notes_import(${id}::uuid) as done`))?.done ??
      false
    );
  }

  /** @returns false where it was accepted, or the viewer cannot see it */
  async delete(em: EntityManager, id: string): Promise<boolean> {
    return (await affected(em, sql`delete from notes_import where id = ${id}::uuid`)) > 0;
  }
}
