import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { affected, rows, sql } from '#db';
import type { TextVersionRow } from './text-version.model.js';

/** A text that was just written. */
export interface WrittenText {
  /** The ID of the object that has the text. */
  readonly id: string;
  readonly organizationId: string;
  readonly authorId: string;
  readonly version: number;
  readonly text: string;
}

/** Each kind of text has a history table of the same shape. */
const HISTORIES = {
  talkingPoint: { table: sql`talking_point_version`, id: sql`point_id` },
  sharedNotes: { table: sql`shared_notes_version`, id: sql`notes_id` },
  actionItem: { table: sql`action_item_version`, id: sql`item_id` },
} as const;

export type History = keyof typeof HISTORIES;

@Injectable()
export class TextVersionRepository {
  /**
   * Adds a version. It replaces the newest one if that has the same author and was begun less than 10 minutes ago. The caller holds
   * the lock of the text's row.
   */
  async record(em: EntityManager, history: History, saved: WrittenText): Promise<void> {
    const { table, id } = HISTORIES[history];
    await affected(
      em,
      sql`with newest as (
            select version, author_id, started_at from ${table}
            where ${id} = ${saved.id}::uuid order by version desc limit 1
          ), merged as (
            update ${table} v set version = ${saved.version}::integer, text = ${saved.text}::text, at = now()
            from newest
            where v.${id} = ${saved.id}::uuid and v.version = newest.version
              and newest.author_id = ${saved.authorId}::uuid
              and newest.started_at > now() - interval '10 minutes'
            returning 1
          )
          insert into ${table} (${id}, version, organization_id, author_id, text)
          select ${saved.id}::uuid, ${saved.version}::integer, ${saved.organizationId}::uuid,
                 ${saved.authorId}::uuid, ${saved.text}::text
          where not exists (select 1 from merged)`,
    );
  }

  /** The versions of each of these texts, newest first. The policies hide those that the viewer cannot read. */
  async findByTexts(
    em: EntityManager,
    history: History,
    ids: readonly string[],
  ): Promise<Map<string, TextVersionRow[]>> {
    const { table, id } = HISTORIES[history];
    const found = await rows<TextVersionRow>(
      em,
      sql`select ${id} as "textId", version, text, author_id as "authorId", at from ${table}
          where ${id} = any(${ids}::uuid[]) order by ${id}, version desc`,
    );
    return Map.groupBy(found, ({ textId }) => textId);
  }
}
