import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { affected, columns, insertInto, join, row, rows, sql, type Values } from '#db';
import { keyset, type Keyed, type Page, type PageArguments } from '#graphql';
import { BarrierEntity, type BarrierRow } from './barrier.entity.js';
import type { BarrierStatus } from './barrier.model.js';

/** Filters of the organization's barriers. One that is left out or null does not apply. */
export interface BarrierFilter {
  readonly status?: readonly BarrierStatus[] | null;
  readonly procedureAreaId?: string | null;
  readonly awaitsViewer?: boolean | null;
  readonly hindersCustomers?: boolean | null;
}

/** The words of a barrier without a name. */
export interface NamelessBarrier {
  readonly title: string;
  readonly description: string | null;
  readonly proposedRemedy: string | null;
  readonly hindersCustomers: boolean;
  readonly procedureAreaId: string | null;
}

const awaits = sql`(b.status in ('OPEN', 'INVESTIGATING')
  or coalesce(b.trial_until < (select app.today_in((select app.organization()))), false))`;
const answerable = sql`coalesce(b.procedure_area_id = any ((select app.answerable_area_ids())::uuid[]), false)`;
const barrier = sql`${columns(BarrierEntity, 'b')}, ${awaits} as "awaitsAnswer", ${answerable} as "viewerCanAnswer",
  b.status = 'REMOVED' or b.trial_kept as "canHaveStories"`;

/** By day, and within a day in no order: the ids are random. */
const newestFirst = keyset(
  'barriers',
  { expression: sql`b.created_on`, type: 'date', direction: 'desc' },
  { expression: sql`b.id`, type: 'uuid', direction: 'desc' },
);

@Injectable()
export class BarrierRepository {
  findByIds(em: EntityManager, ids: readonly string[]): Promise<BarrierRow[]> {
    return rows<BarrierRow>(em, sql`select ${barrier} from barrier b where b.id = any(${ids}::uuid[])`);
  }

  findById(em: EntityManager, id: string): Promise<BarrierRow | undefined> {
    return row<BarrierRow>(em, sql`select ${barrier} from barrier b where b.id = ${id}`);
  }

  async findPage(
    em: EntityManager,
    organizationId: string,
    { status, procedureAreaId, awaitsViewer, hindersCustomers }: BarrierFilter,
    page: PageArguments,
  ): Promise<Page<BarrierRow>> {
    const conditions = [
      sql`b.organization_id = ${organizationId}`,
      newestFirst.where(page),
      ...(status ? [sql`b.status = any(${status}::text[])`] : []),
      ...(procedureAreaId ? [sql`b.procedure_area_id = ${procedureAreaId}`] : []),
      ...(awaitsViewer == null ? [] : [sql`(${awaits} and ${answerable}) = ${awaitsViewer}`]),
      ...(hindersCustomers == null ? [] : [sql`b.hinders_customers = ${hindersCustomers}`]),
    ];
    const found = await rows<BarrierRow & Keyed>(
      em,
      sql`select ${barrier}, ${newestFirst.key} from barrier b
          where ${join(conditions, sql` and `)}
          order by ${newestFirst.orderBy(page)} limit ${newestFirst.limit(page)}`,
    );
    return newestFirst.page(found, page);
  }

  /** @returns the id @throws an error for which isRefusedByPolicy is true for a procedure area that the viewer cannot see */
  async insert(em: EntityManager, values: Values<BarrierEntity>): Promise<string> {
    const inserted = await row<{ id: string }>(em, sql`${insertInto(BarrierEntity, values)} returning id`);
    if (!inserted) throw new Error('an inserted barrier came back without its id');
    return inserted.id;
  }

  /**
   * Takes in a barrier that nothing connects with the viewer. It appears the next day, from the worker.
   *
   * @returns the day @throws NO_SUCH_AREA; NAMELESS_TEXT
   */
  async raiseNameless(em: EntityManager, words: NamelessBarrier): Promise<string> {
    const { title, description, proposedRemedy, hindersCustomers, procedureAreaId } = words;
    const raised = await row<{ appearsOn: string }>(
      em,
      sql`select app.raise_nameless_barrier(
            ${title}, ${description}, ${proposedRemedy}, ${hindersCustomers}, ${procedureAreaId}
          ) as "appearsOn"`,
    );
    if (!raised) throw new Error('a barrier was raised and no day came back');
    return raised.appearsOn;
  }

  /** Deletes the barrier with its support. @returns whether it was the viewer's to delete */
  async delete(em: EntityManager, id: string): Promise<boolean> {
    return (await affected(em, sql`delete from barrier where id = ${id}`)) > 0;
  }

  /** Gives an unanswered barrier to an area. @returns whether it was; not where it was answered meanwhile */
  async assign(em: EntityManager, id: string, procedureAreaId: string): Promise<boolean> {
    const changed = await affected(
      em,
      sql`update barrier set procedure_area_id = ${procedureAreaId} where id = ${id}`,
    );
    return changed > 0;
  }

  /** Locks the barrier against other writers. Undefined for one that the viewer cannot assign. */
  lock(em: EntityManager, id: string): Promise<{ readonly procedureAreaId: string | null } | undefined> {
    return row(
      em,
      sql`select b.procedure_area_id as "procedureAreaId" from barrier b where b.id = ${id} for no key update`,
    );
  }

  /** @returns the day that it is in the viewer's organization */
  async findToday(em: EntityManager, organizationId: string): Promise<string> {
    const found = await row<{ today: string }>(
      em,
      sql`select app.today_in(${organizationId}::uuid) as today`,
    );
    return found?.today ?? '';
  }
}
