import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { rows, sql, type Sql } from '#db';
import { keyset, type Keyed, type Page, type PageArguments } from '#graphql';

/** An object that contains the searched text. */
export interface FoundRow {
  readonly nodeId: string;
  readonly nodeType: string;
  readonly at: Date | null;
  /** The text, cut off after 40,000 characters. */
  readonly text: string;
}

const latestFirst = keyset(
  'search',
  { expression: sql`found.at`, type: 'timestamptz', direction: 'desc', nulls: 'last' },
  { expression: sql`found.id`, type: 'uuid', direction: 'desc' },
);

@Injectable()
export class SearchRepository {
  /** A page of everything of the viewer that contains the text: their own goals, and what they can read in their one-to-ones. */
  async findPage(
    em: EntityManager,
    viewerId: string,
    words: string,
    page: PageArguments,
  ): Promise<Page<FoundRow>> {
    const found = await rows<FoundRow & Keyed>(
      em,
      sql`with pattern as materialized (select ${likePattern(words)} as words), found as (
            select 'PersonalGoal' as node_type, g.id, o.updated_at as at, concat_ws(E'\\n', g.title, g.why) as text
            from personal_goal g join personal_goal_own o on o.goal_id = g.id
            where g.owner_id = ${viewerId}::uuid
            union all
            select 'PersonalGoalUpdate', u.id, u.at, u.text
            from personal_goal g join goal_update u on u.goal_id = g.id where g.owner_id = ${viewerId}::uuid
            union all
            select 'BusinessGoal', b.id, b.listed_at, concat_ws(E'\\n', b.title, b.description)
            from business_goal b where b.owner_id = ${viewerId}::uuid
            union all
            select 'TalkingPoint', t.id, c.scheduled_at, t.text
            from talking_point t left join conversation c on c.id = t.conversation_id
            union all
            select 'ActionItem', i.id, i.created_at, i.text from action_item i
            union all
            select 'Conversation', c.id, c.scheduled_at, concat_ws(E'\\n\\n', nullif(n.text, ''), nullif(p.text, ''))
            from conversation c join shared_notes n on n.conversation_id = c.id
            left join private_notes p on p.conversation_id = c.id
            where c.off_the_record_by_id is null
          )
          select found.id as "nodeId", found.node_type as "nodeType", found.at, left(found.text, 40000) as text, ${latestFirst.key}
          from found
          where searchable(found.text) like (select words from pattern) and ${latestFirst.where(page)}
          order by ${latestFirst.orderBy(page)} limit ${latestFirst.limit(page)}`,
    );
    return latestFirst.page(found, page);
  }
}

/** A LIKE pattern for texts that contain these words, to compare with `searchable(text)`. */
export function likePattern(words: string): Sql {
  return sql`'%' || regexp_replace(searchable(${words}), '([\\\\%_])', '\\\\\\1', 'g') || '%'`;
}
