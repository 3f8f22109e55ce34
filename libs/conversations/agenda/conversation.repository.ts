import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { affected, columns, insertInto, row, rows, scalar, sql, updateOf, type Values } from '#db';
import { eachParent, keyset, type Keyed, type OfParent, type Page, type PageArguments } from '#graphql';
import { isOfOpenOneToOne } from '../pairs/one-to-one.repository.js';
import { likePattern } from '../search/search.repository.js';
import { ConversationEntity, type ConversationRow } from './conversation.entity.js';
import type { ConversationStatus } from './conversation.model.js';

const conversation = sql`${columns(ConversationEntity, 'c')}, c.off_the_record_by_id is not null as "offTheRecord",
  'Conversation' as "__typename"`;

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

  /** A page of each of these one-to-ones, by scheduled time, latest first. */
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

  /** A page of each of these one-to-ones of the conversations in which the viewer can read this text, latest first. */
  async findPagesWithText(
    em: EntityManager,
    oneToOneIds: readonly string[],
    page: PageArguments,
    text: string,
  ): Promise<Map<string, Page<ConversationRow>>> {
    const found = await rows<ConversationRow & Keyed & OfParent>(
      em,
      eachParent(
        oneToOneIds,
        sql`select ${conversation}, ${newestFirst.key} from conversation c
            cross join (select ${likePattern(text)} as words) pattern
            where c.one_to_one_id = parent.id and ${newestFirst.where(page)} and c.off_the_record_by_id is null
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

  /** The earliest planned conversation of each of these one-to-ones that is open, including one that is past. */
  findNext(em: EntityManager, oneToOneIds: readonly string[]): Promise<(ConversationRow & OfParent)[]> {
    return rows<ConversationRow & OfParent>(
      em,
      eachParent(
        oneToOneIds,
        sql`select ${conversation} from conversation c join one_to_one o on o.id = c.one_to_one_id
            where c.one_to_one_id = parent.id and c.status = 'PLANNED' and ${isOfOpenOneToOne}
            order by ${soonestFirst.order} limit 1`,
      ),
    );
  }

  /** When the participants of each of these one-to-ones last met. */
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

  /** The planned conversations of a person in all open one-to-ones, earliest first. */
  async findPlannedPage(
    em: EntityManager,
    personId: string,
    page: PageArguments,
  ): Promise<Page<ConversationRow>> {
    const found = await rows<ConversationRow & Keyed>(
      em,
      sql`select ${conversation}, ${soonestFirst.key} from conversation c join one_to_one o on o.id = c.one_to_one_id
          where (o.first_id = ${personId}::uuid or o.second_id = ${personId}::uuid) and ${isOfOpenOneToOne}
            and c.status = 'PLANNED' and ${soonestFirst.where(page)}
          order by ${soonestFirst.orderBy(page)} limit ${soonestFirst.limit(page)}`,
    );
    return soonestFirst.page(found, page);
  }

  /** The planned conversations of a one-to-one, earliest first. */
  findPlanned(em: EntityManager, oneToOneId: string): Promise<ConversationRow[]> {
    return rows<ConversationRow>(
      em,
      sql`select ${conversation} from conversation c
          where c.one_to_one_id = ${oneToOneId}::uuid and c.status = 'PLANNED' order by ${soonestFirst.order}`,
    );
  }

  /** The planned conversations that the recurrence planned because this one closed. */
  findPlannedAfter(em: EntityManager, { id, oneToOneId }: ConversationRow): Promise<ConversationRow[]> {
    return rows<ConversationRow>(
      em,
      sql`select ${conversation} from conversation c
          where c.one_to_one_id = ${oneToOneId}::uuid and c.planned_after_id = ${id}::uuid and c.status = 'PLANNED'`,
    );
  }

  /**
   * Times after `after` for which the recurrence plans no conversation: dates that had theirs, and times at which there is or was a
   * conversation of any status. The conversation `exceptId` does not count.
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

  /** The conversations that come from each of these imports, latest first. */
  findByNotesImports(em: EntityManager, importIds: readonly string[]): Promise<ConversationRow[]> {
    return rows<ConversationRow>(
      em,
      sql`select ${conversation} from conversation c where c.notes_import_id = any(${importIds}::uuid[])
          order by ${newestFirst.order}`,
    );
  }

  /** Whether the one-to-one has another conversation, planned or held, that is scheduled for this time. */
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

  /** Whether a conversation was held that overlaps with this many minutes from `heldAt`. */
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

  /** Whether something that both participants can see was written in it, other than undiscussed points. */
  async hasSharedContent(em: EntityManager, id: string): Promise<boolean> {
    return (await scalar<boolean>(em, sql`select app.has_shared_content(${id}::uuid) as written`)) ?? false;
  }

  /** @param series why the recurrence plans it; null for a conversation scheduled by hand */
  insertPlanned(
    em: EntityManager,
    oneToOne: { id: string; organizationId: string },
    scheduledAt: Date,
    series: { plannedAfterId: string | null } | null,
  ): Promise<string> {
    const planned = series && { plannedAfterId: series.plannedAfterId, seriesAt: scheduledAt };
    return this.insert(em, oneToOne, { scheduledAt, ...planned });
  }

  insertHeld(
    em: EntityManager,
    oneToOne: { id: string; organizationId: string },
    heldAt: Date,
  ): Promise<string> {
    return this.insert(em, oneToOne, { status: 'HELD', scheduledAt: heldAt, heldAt });
  }

  /** @param changes its time, its status, or whether it is off the record; a trigger sets `closedAt` */
  update(
    em: EntityManager,
    { id, version }: Pick<ConversationRow, 'id' | 'version'>,
    changes: Partial<
      Pick<ConversationRow, 'scheduledAt' | 'seriesAt' | 'status' | 'heldAt' | 'offTheRecordById'>
    >,
  ): Promise<number> {
    return affected(em, updateOf(ConversationEntity, id, { ...changes, version: version + 1 }));
  }

  private async insert(
    em: EntityManager,
    { id, organizationId }: { id: string; organizationId: string },
    values: Values<ConversationEntity>,
  ): Promise<string> {
    const inserted = await row<{ id: string }>(
      em,
      sql`${insertInto(ConversationEntity, { organizationId, oneToOneId: id, ...values })} returning id`,
    );
    if (!inserted) throw new Error('The conversation was not inserted.');
    return inserted.id;
  }
}
