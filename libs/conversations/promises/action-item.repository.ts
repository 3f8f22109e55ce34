import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { affected, columns, insertInto, row, rows, sql, updateOf, type Sql } from '#db';
import { eachParent, keyset, type Keyed, type OfParent, type Page, type PageArguments } from '#graphql';
import { ActionItemEntity, type ActionItemRow } from './action-item.entity.js';
import type { ActionItemOwner, ActionItemsArgs } from './action-item.inputs.js';

/** Open, late, kept, done or dropped (ActionItemStanding). */
const standing = sql`case
  when i.kept then 'KEPT'
  when i.kept = false then 'LATE'
  when i.state <> 'OPEN' then i.state
  when app.has_passed(i.late_at) then 'LATE'
  else 'OPEN'
end`;
const item = sql`${columns(ActionItemEntity, 'i')}, ${standing} as "standing",
  i.state = 'OPEN' and app.is_refusable(i.owner_id, i.created_by_id, i.due_set_by_owner, i.late_at, i.created_at) as "isRefusable",
  'ActionItem' as "__typename"`;

const newestFirst = keyset('actionItems', { expression: sql`i.id`, type: 'uuid', direction: 'desc' });
const dueFirst = keyset(
  'openActionItems',
  { expression: sql`coalesce(i.due_on, 'infinity')`, type: 'date' },
  { expression: sql`i.id`, type: 'uuid' },
);

@Injectable()
export class ActionItemRepository {
  findByIds(em: EntityManager, ids: readonly string[]): Promise<ActionItemRow[]> {
    return rows<ActionItemRow>(em, sql`select ${item} from action_item i where i.id = any(${ids}::uuid[])`);
  }

  findById(em: EntityManager, id: string): Promise<ActionItemRow | undefined> {
    return row<ActionItemRow>(em, sql`select ${item} from action_item i where i.id = ${id}::uuid`);
  }

  /** The action items promised in each of these conversations, oldest first. */
  findByConversations(em: EntityManager, conversationIds: readonly string[]): Promise<ActionItemRow[]> {
    return rows<ActionItemRow>(
      em,
      sql`select ${item} from action_item i where i.made_in_id = any(${conversationIds}::uuid[])
          order by i.made_in_id, i.id`,
    );
  }

  /** A page of each of these one-to-ones, newest first. */
  async findPages(
    em: EntityManager,
    viewerId: string | null,
    oneToOneIds: readonly string[],
    args: ActionItemsArgs,
  ): Promise<Map<string, Page<ActionItemRow>>> {
    const found = await rows<ActionItemRow & Keyed & OfParent>(
      em,
      eachParent(
        oneToOneIds,
        sql`select ${item}, ${newestFirst.key} from action_item i
            where i.one_to_one_id = parent.id and ${newestFirst.where(args)}
              and ${ownedBy(args.owner ?? null, viewerId)}
              and ${args.standing == null ? sql`true` : sql`${standing} = any(${args.standing}::text[])`}
            order by ${newestFirst.orderBy(args)} limit ${newestFirst.limit(args)}`,
      ),
    );
    return newestFirst.pages(found, args);
  }

  /** The open action items of a person in all one-to-ones, by due date; those without one last. */
  async findOpenPage(em: EntityManager, ownerId: string, page: PageArguments): Promise<Page<ActionItemRow>> {
    const found = await rows<ActionItemRow & Keyed>(
      em,
      sql`select ${item}, ${dueFirst.key} from action_item i
          where i.owner_id = ${ownerId}::uuid and i.state = 'OPEN' and ${dueFirst.where(page)}
          order by ${dueFirst.orderBy(page)} limit ${dueFirst.limit(page)}`,
    );
    return dueFirst.page(found, page);
  }

  /** Locks the row until the transaction ends, and returns it as it is after waiting for the lock. */
  async lock(em: EntityManager, id: string): Promise<ActionItemRow | undefined> {
    const locked = await row(em, sql`select 1 from action_item where id = ${id}::uuid for update`);
    return locked === undefined ? undefined : this.findById(em, id);
  }

  /** Whether this day is over in the person's time zone, or the organization's if they have none. */
  async isOver(em: EntityManager, day: string, personId: string): Promise<boolean> {
    return (await this.findOver(em, [day], personId)).has(day);
  }

  /** Which of these days are over in the time zone of a person. */
  async findOver(
    em: EntityManager,
    days: readonly (string | null)[],
    personId: string,
  ): Promise<ReadonlySet<string>> {
    const given = days.filter((day) => day !== null);
    if (given.length === 0) return new Set();
    const found = await rows<{ day: string }>(
      em,
      sql`select to_char(given.day, 'YYYY-MM-DD') as day
          from person p join organization o on o.id = p.organization_id
          left join person_time_zone z on z.person_id = p.id
          cross join unnest(${given}::date[]) given (day)
          where p.id = ${personId}::uuid
            and app.has_passed(app.end_of_day(given.day, app.usable_time_zone(z.time_zone, o.time_zone)))`,
    );
    return new Set(found.map(({ day }) => day));
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
      sql`with i as (${insertInto(ActionItemEntity, values)} returning *) select ${item} from i`,
    );
    return assertWritten(inserted);
  }

  /** Triggers count a due date that moves, and settle when the item was closed and whether it was kept. */
  async update(
    em: EntityManager,
    { id, version }: Pick<ActionItemRow, 'id' | 'version'>,
    changes: Partial<Pick<ActionItemRow, 'text' | 'dueOn' | 'state'>>,
  ): Promise<ActionItemRow> {
    const updated = await row<ActionItemRow>(
      em,
      sql`with i as (
            ${updateOf(ActionItemEntity, id, { ...changes, version: version + 1 })} returning *
          ) select ${item} from i`,
    );
    return assertWritten(updated);
  }

  /** @returns undefined where it was closed more than 10 minutes ago, or is open */
  reopen(em: EntityManager, id: string): Promise<ActionItemRow | undefined> {
    return row<ActionItemRow>(
      em,
      sql`update action_item i set state = 'OPEN', version = i.version + 1
          where i.id = ${id}::uuid and i.closed_at > now() - interval '10 minutes' returning ${item}`,
    );
  }

  /** @returns false where the viewer did not write it, wrote it more than 10 minutes ago, or cannot see it */
  async delete(em: EntityManager, id: string): Promise<boolean> {
    return (await affected(em, sql`delete from action_item where id = ${id}::uuid`)) > 0;
  }
}

function ownedBy(owner: ActionItemOwner | null, viewerId: string | null): Sql {
  if (owner === null) return sql`true`;
  return owner === 'VIEWER' ? sql`i.owner_id = ${viewerId}::uuid` : sql`i.owner_id <> ${viewerId}::uuid`;
}

function assertWritten(written: ActionItemRow | undefined): ActionItemRow {
  if (!written) throw new Error('The action item was not written.');
  return written;
}
