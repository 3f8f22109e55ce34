import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { affected, columns, row, rows, sql, type Sql } from '#db';
import { eachParent, keyset, type Keyed, type OfParent, type Page, type PageArguments } from '#graphql';
import { ConversationEntity, type ConversationRow } from './conversation.entity.js';
import type { ConversationStatus } from './conversation.model.js';

const conversation = sql`${columns(ConversationEntity, 'c')}, 'Conversation' as "__typename"`;

const newestFirst = keyset(
  'conversations',
  { expression: sql`c.scheduled_at`, type: 'timestamptz', direction: 'desc' },
  { expression: sql`c.id`, type: 'uuid', direction: 'desc' },
);
const soonestFirst = keyset(
  'plannedConversations',
  { expression: sql`c.scheduled_at`, type: 'timestamptz' },
  { expression: sql`c.id`, type: 'uuid' },
);

/** A pair that is open now. */
const ofOpenPair = sql`o.state = 'OPEN' and not exists (
  select 1 from employment_end e where e.person_id in (o.first_id, o.second_id) and e.ended_at <= now()
)`;

@Injectable()
export class ConversationRepository {
  findByIds(em: EntityManager, ids: readonly string[]): Promise<ConversationRow[]> {
    return rows<ConversationRow>(
      em,
      sql`select ${conversation} from conversation c where c.id = any(${ids}::uuid[])`,
    );
  }

  findById(em: EntityManager, id: string): Promise<ConversationRow | undefined> {
    return row<ConversationRow>(em, sql`select ${conversation} from conversation c where c.id = ${id}::uuid`);
  }

  /** A page of each of these pairs, the one scheduled last first. */
  async findPages(
    em: EntityManager,
    oneToOneIds: readonly string[],
    page: PageArguments,
    status: readonly ConversationStatus[] | null,
  ): Promise<Map<string, Page<ConversationRow>>> {
    const found = await rows<ConversationRow & Keyed & OfParent>(
      em,
      eachParent(
        oneToOneIds,
        sql`select ${conversation}, ${newestFirst.key} from conversation c
            where c.one_to_one_id = parent.id and ${newestFirst.where(page)}
              and ${status === null ? sql`true` : sql`c.status = any(${status}::text[])`}
            order by ${newestFirst.orderBy(page)} limit ${newestFirst.limit(page)}`,
      ),
    );
    return newestFirst.pages(found, page);
  }

  /** A page of each of these pairs of those in which the viewer may read these words, the one scheduled last first. */
  async findPagesWithWords(
    em: EntityManager,
    oneToOneIds: readonly string[],
    page: PageArguments,
    words: string,
  ): Promise<Map<string, Page<ConversationRow>>> {
    const like = sql`'%' || regexp_replace(searchable(${words}), '([\\\\%_])', '\\\\\\1', 'g') || '%'`;
    const found = await rows<ConversationRow & Keyed & OfParent>(
      em,
      eachParent(
        oneToOneIds,
        sql`select ${conversation}, ${newestFirst.key} from conversation c
            cross join (select ${like} as words) pattern
            where c.one_to_one_id = parent.id and ${newestFirst.where(page)}
              and (
                exists (select 1 from talking_point t where t.conversation_id = c.id and searchable(t.text) like pattern.words)
                or exists (select 1 from action_item i where i.made_in_id = c.id and searchable(i.text) like pattern.words)
                or exists (select 1 from shared_notes n where n.conversation_id = c.id and searchable(n.text) like pattern.words)
                or exists (select 1 from private_notes n where n.conversation_id = c.id and searchable(n.text) like pattern.words)
              )
            order by ${newestFirst.orderBy(page)} limit ${newestFirst.limit(page)}`,
      ),
    );
    return newestFirst.pages(found, page);
  }

  /** The soonest planned one of each of these pairs that are open, among which is one whose hour has passed unanswered. */
  findNext(em: EntityManager, oneToOneIds: readonly string[]): Promise<(ConversationRow & OfParent)[]> {
    return rows<ConversationRow & OfParent>(
      em,
      eachParent(
        oneToOneIds,
        sql`select ${conversation} from conversation c join one_to_one o on o.id = c.one_to_one_id
            where c.one_to_one_id = parent.id and c.status = 'PLANNED' and ${ofOpenPair}
            order by ${soonestFirst.order} limit 1`,
      ),
    );
  }

  /** When the two last met, of each of these pairs. */
  findLastHeld(
    em: EntityManager,
    oneToOneIds: readonly string[],
  ): Promise<{ oneToOneId: string; heldAt: Date }[]> {
    return rows<{ oneToOneId: string; heldAt: Date }>(
      em,
      sql`select c.one_to_one_id as "oneToOneId", max(c.held_at) as "heldAt" from conversation c
          where c.one_to_one_id = any(${oneToOneIds}::uuid[]) and c.status = 'HELD' group by 1`,
    );
  }

  /** What a person has planned, with whomever, soonest first. */
  async findPlannedPage(
    em: EntityManager,
    personId: string,
    page: PageArguments,
  ): Promise<Page<ConversationRow>> {
    const found = await rows<ConversationRow & Keyed>(
      em,
      sql`select ${conversation}, ${soonestFirst.key} from conversation c join one_to_one o on o.id = c.one_to_one_id
          where (o.first_id = ${personId}::uuid or o.second_id = ${personId}::uuid) and ${ofOpenPair}
            and c.status = 'PLANNED' and ${soonestFirst.where(page)}
          order by ${soonestFirst.orderBy(page)} limit ${soonestFirst.limit(page)}`,
    );
    return soonestFirst.page(found, page);
  }

  /** Everything that a pair has planned, soonest first. */
  findPlanned(em: EntityManager, oneToOneId: string): Promise<ConversationRow[]> {
    return rows<ConversationRow>(
      em,
      sql`select ${conversation} from conversation c
          where c.one_to_one_id = ${oneToOneId}::uuid and c.status = 'PLANNED' order by ${soonestFirst.order}`,
    );
  }

  /** The planned ones that the rhythm planned because this one closed. */
  findPlannedAfter(em: EntityManager, { id, oneToOneId }: ConversationRow): Promise<ConversationRow[]> {
    return rows<ConversationRow>(
      em,
      sql`select ${conversation} from conversation c
          where c.one_to_one_id = ${oneToOneId}::uuid and c.planned_after_id = ${id}::uuid and c.status = 'PLANNED'`,
    );
  }

  /**
   * Moments after `after` at which the rhythm plans nothing: dates of the series that had their conversation, and moments for which
   * there is or was a conversation, whatever became of it; those of `exceptId` apart.
   */
  async findTaken(
    em: EntityManager,
    oneToOneId: string,
    after: Date,
    exceptId: string | null,
  ): Promise<Set<number>> {
    const found = await rows<{ at: Date }>(
      em,
      sql`select moment.at from conversation c cross join unnest(array[c.series_at, c.scheduled_at]) moment(at)
          where c.one_to_one_id = ${oneToOneId}::uuid and moment.at > ${after} and c.id is distinct from ${exceptId}::uuid`,
    );
    return new Set(found.map(({ at }) => at.getTime()));
  }

  /** Whether the pair has another conversation at that moment that is planned, or that was planned for it and held. */
  async isTaken(em: EntityManager, oneToOneId: string, at: Date, exceptId: string | null): Promise<boolean> {
    const found = await row(
      em,
      sql`select 1 from conversation c
          where c.one_to_one_id = ${oneToOneId}::uuid and c.scheduled_at = ${at} and c.status in ('PLANNED', 'HELD')
            and c.id is distinct from ${exceptId}::uuid
          limit 1`,
    );
    return found !== undefined;
  }

  /** Whether the two met at a time that overlaps with `heldAt` and the minutes after it. */
  async heldAround(em: EntityManager, oneToOneId: string, heldAt: Date, minutes: number): Promise<boolean> {
    const found = await row(
      em,
      sql`select 1 from conversation c
          where c.one_to_one_id = ${oneToOneId}::uuid and c.status = 'HELD'
            and c.held_at > ${heldAt}::timestamptz - make_interval(mins => ${minutes})
            and c.held_at < ${heldAt}::timestamptz + make_interval(mins => ${minutes})
          limit 1`,
    );
    return found !== undefined;
  }

  insertPlanned(
    em: EntityManager,
    pair: { id: string; organizationId: string },
    at: Date,
    series: { plannedAfterId: string | null } | null,
  ): Promise<string> {
    return this.insert(
      em,
      sql`insert into conversation (organization_id, one_to_one_id, scheduled_at, planned_after_id, series_at)
          values (${pair.organizationId}, ${pair.id}, ${at}, ${series?.plannedAfterId ?? null}, ${series && at})
          returning id`,
    );
  }

  insertHeld(em: EntityManager, pair: { id: string; organizationId: string }, heldAt: Date): Promise<string> {
    return this.insert(
      em,
      sql`insert into conversation (organization_id, one_to_one_id, status, scheduled_at, held_at)
          values (${pair.organizationId}, ${pair.id}, 'HELD', ${heldAt}, ${heldAt}) returning id`,
    );
  }

  move(em: EntityManager, id: string, scheduledAt: Date): Promise<number> {
    return this.update(em, id, sql`scheduled_at = ${scheduledAt}`);
  }

  /** The rhythm moves what it planned, together with the date that it stands for. */
  moveInSeries(em: EntityManager, id: string, at: Date): Promise<number> {
    return this.update(em, id, sql`scheduled_at = ${at}, series_at = ${at}`);
  }

  close(
    em: EntityManager,
    id: string,
    status: Exclude<ConversationStatus, 'PLANNED'>,
    heldAt: Date | null,
  ): Promise<number> {
    return this.update(em, id, sql`status = ${status}, held_at = ${heldAt}`);
  }

  reopen(em: EntityManager, id: string): Promise<number> {
    return this.update(em, id, sql`status = 'PLANNED', held_at = null`);
  }

  private async insert(em: EntityManager, statement: Sql): Promise<string> {
    const inserted = await row<{ id: string }>(em, statement);
    if (!inserted) throw new Error('A conversation was not inserted.');
    return inserted.id;
  }

  private update(em: EntityManager, id: string, changes: Sql): Promise<number> {
    return affected(
      em,
      sql`update conversation c set ${changes}, version = c.version + 1 where c.id = ${id}::uuid`,
    );
  }
}
