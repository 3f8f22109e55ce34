import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { affected, columns, row, rows, sql } from '#db';
import { eachParent, keyset, type Keyed, type OfParent, type Page, type PageArguments } from '#graphql';
import { ActionItemEntity, type ActionItemRow } from './action-item.entity.js';
import type { ActionItemOutcome } from './action-item.inputs.js';
import type { ActionItemState } from './action-item.model.js';

const item = sql`${columns(ActionItemEntity, 'i')}, app.has_passed(i.due_at) as "isPastDue", 'ActionItem' as "__typename"`;

const newestFirst = keyset('actionItems', { expression: sql`i.id`, type: 'uuid', direction: 'desc' });
const dueFirst = keyset(
  'openActionItems',
  { expression: sql`coalesce(i.due_on, 'infinity')`, type: 'date' },
  { expression: sql`i.id`, type: 'uuid' },
);

/** Which list of promises an item is in; null for one that was closed without a date, or dropped in time. */
const standing = sql`case
  when i.state = 'OPEN' and not app.has_passed(i.due_at) then 'open'
  when i.state = 'OPEN' or i.kept = false then 'late'
  when i.kept then 'kept'
end`;

@Injectable()
export class ActionItemRepository {
  findByIds(em: EntityManager, ids: readonly string[]): Promise<ActionItemRow[]> {
    return rows<ActionItemRow>(em, sql`select ${item} from action_item i where i.id = any(${ids}::uuid[])`);
  }

  findById(em: EntityManager, id: string): Promise<ActionItemRow | undefined> {
    return row<ActionItemRow>(em, sql`select ${item} from action_item i where i.id = ${id}::uuid`);
  }

  /** What was promised in each of these conversations, in that order. */
  findByConversations(em: EntityManager, conversationIds: readonly string[]): Promise<ActionItemRow[]> {
    return rows<ActionItemRow>(
      em,
      sql`select ${item} from action_item i where i.made_in_id = any(${conversationIds}::uuid[])
          order by i.made_in_id, i.id`,
    );
  }

  /** A page of each of these pairs, newest first. */
  async findPages(
    em: EntityManager,
    oneToOneIds: readonly string[],
    page: PageArguments,
    state: readonly ActionItemState[] | null,
  ): Promise<Map<string, Page<ActionItemRow>>> {
    const found = await rows<ActionItemRow & Keyed & OfParent>(
      em,
      eachParent(
        oneToOneIds,
        sql`select ${item}, ${newestFirst.key} from action_item i
            where i.one_to_one_id = parent.id and ${newestFirst.where(page)}
              and ${state === null ? sql`true` : sql`i.state = any(${state}::text[])`}
            order by ${newestFirst.orderBy(page)} limit ${newestFirst.limit(page)}`,
      ),
    );
    return newestFirst.pages(found, page);
  }

  /** What a person promised, to whomever, and has not closed: what is due first, first. */
  async findOpenPage(em: EntityManager, ownerId: string, page: PageArguments): Promise<Page<ActionItemRow>> {
    const found = await rows<ActionItemRow & Keyed>(
      em,
      sql`select ${item}, ${dueFirst.key} from action_item i
          where i.owner_id = ${ownerId}::uuid and i.state = 'OPEN' and ${dueFirst.where(page)}
          order by ${dueFirst.orderBy(page)} limit ${dueFirst.limit(page)}`,
    );
    return dueFirst.page(found, page);
  }

  /** Each pair's promises, with the list that each is in; what is due first, first. */
  findStanding(
    em: EntityManager,
    oneToOneIds: readonly string[],
  ): Promise<(ActionItemRow & { readonly standing: 'open' | 'late' | 'kept' })[]> {
    return rows<ActionItemRow & { readonly standing: 'open' | 'late' | 'kept' }>(
      em,
      sql`select * from (
            select ${item}, ${standing} as "standing" from action_item i
            where i.one_to_one_id = any(${oneToOneIds}::uuid[])
          ) found
          where found."standing" is not null order by found."dueOn" nulls last, found.id`,
    );
  }

  /** Its row, kept from others until the transaction ends; as it is once they are done with it. */
  async lock(em: EntityManager, id: string): Promise<ActionItemRow | undefined> {
    const locked = await row(em, sql`select 1 from action_item where id = ${id}::uuid for update`);
    return locked === undefined ? undefined : this.findById(em, id);
  }

  /** Whether this day is over in the person's time zone, else their organization's. */
  async isOver(em: EntityManager, day: string, personId: string): Promise<boolean> {
    const found = await row<{ over: boolean }>(
      em,
      sql`select app.has_passed(app.end_of_day(${day}::date, app.usable_time_zone(z.time_zone, o.time_zone))) as over
          from person p join organization o on o.id = p.organization_id
          left join person_time_zone z on z.person_id = p.id
          where p.id = ${personId}::uuid`,
    );
    return found?.over ?? false;
  }

  async insert(
    em: EntityManager,
    values: Pick<
      ActionItemRow,
      'organizationId' | 'oneToOneId' | 'madeInId' | 'ownerId' | 'createdById' | 'text' | 'dueOn'
    >,
  ): Promise<ActionItemRow> {
    const inserted = await row<ActionItemRow>(
      em,
      sql`insert into action_item as i
            (organization_id, one_to_one_id, made_in_id, owner_id, created_by_id, text, due_on)
          values
            (${values.organizationId}, ${values.oneToOneId}, ${values.madeInId}, ${values.ownerId},
             ${values.createdById}, ${values.text}, ${values.dueOn})
          returning ${item}`,
    );
    return given(inserted);
  }

  /** A date that moves is counted by the database. */
  async update(
    em: EntityManager,
    { id, text, dueOn }: Pick<ActionItemRow, 'id' | 'text' | 'dueOn'>,
  ): Promise<ActionItemRow> {
    const updated = await row<ActionItemRow>(
      em,
      sql`update action_item i
          set text = ${text}, due_on = ${dueOn}, version = i.version + 1
          where i.id = ${id}::uuid returning ${item}`,
    );
    return given(updated);
  }

  /** When it was closed, and whether it was kept, the database settles. */
  async close(em: EntityManager, id: string, state: ActionItemOutcome): Promise<ActionItemRow> {
    const closed = await row<ActionItemRow>(
      em,
      sql`update action_item i set state = ${state}, version = i.version + 1
          where i.id = ${id}::uuid returning ${item}`,
    );
    return given(closed);
  }

  /** @returns whether it was removed: not where it is somebody else's, ten minutes old, or not there */
  async remove(em: EntityManager, id: string): Promise<boolean> {
    return (await affected(em, sql`delete from action_item where id = ${id}::uuid`)) > 0;
  }
}

function given(written: ActionItemRow | undefined): ActionItemRow {
  if (!written) throw new Error('A promise was not written.');
  return written;
}
