import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { affected, rows, sql } from '#db';
import type { TextVersionRow } from './text-version.model.js';

/** What was saved, and by whom. */
export interface SavedText {
  /** The id of the text's row. */
  readonly id: string;
  readonly organizationId: string;
  readonly authorId: string;
  readonly version: number;
  readonly text: string;
}

/** Each text that two people write has its history in a table of its own, all of one shape. */
const HISTORIES = {
  talkingPoint: { table: sql`talking_point_version`, id: sql`point_id` },
  sharedNotes: { table: sql`shared_notes_version`, id: sql`notes_id` },
  actionItem: { table: sql`action_item_version`, id: sql`item_id` },
} as const;

export type History = keyof typeof HISTORIES;

@Injectable()
export class TextVersionRepository {
  /**
   * Adds what was just saved. It takes the place of the newest version where that is by the same author and was begun less
   * than ten minutes ago. Whoever calls holds the text's row, so that nobody saves between.
   */
  async record(em: EntityManager, history: History, saved: SavedText): Promise<void> {
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

  /** The history of each of these texts, newest first; empty where the viewer may not read it. */
  async findByTexts(
    em: EntityManager,
    history: History,
    ids: readonly string[],
  ): Promise<Map<string, TextVersionRow[]>> {
    const { table, id } = HISTORIES[history];
    const found = await rows<TextVersionRow & { textId: string }>(
      em,
      sql`select ${id} as "textId", version, text, author_id as "authorId", at from ${table}
          where ${id} = any(${ids}::uuid[]) order by ${id}, version desc`,
    );
    return Map.groupBy(found, ({ textId }) => textId);
  }
}
