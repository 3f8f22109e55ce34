import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { affected, columns, insertInto, row, rows, sql, updateOf } from '#db';
import { eachParent, keyset, type Keyed, type OfParent, type Page, type PageArguments } from '#graphql';
import { MandateEntity, type MandateRow, type OwnMandateRow } from './mandate.entity.js';

const derived = sql`m.published and state.ended_at is null as "published", state.ended_at as "endedAt",
  'Mandate' as "__typename"`;
const state = sql`cross join lateral (
  select app.mandate_ended_at(m.ended_at, m.expires_at, m.line_id) as ended_at
) state`;
/** `mandate_own` is visible to the two people only. */
const mandate = sql`${columns(MandateEntity, 'm')}, ${derived},
  own.version, own.publication_asked_by_id as "publicationAskedById"`;
const from = sql`mandate m left join mandate_own own on own.mandate_id = m.id ${state}`;

const newestFirst = keyset(
  'mandates',
  { expression: sql`own.granted_at`, type: 'timestamptz', direction: 'desc' },
  { expression: sql`m.id`, type: 'uuid', direction: 'desc' },
);
/** Without an order that would tell when they were granted. */
const published = keyset('person.mandates', { expression: sql`m.id`, type: 'uuid' });

@Injectable()
export class MandateRepository {
  findByIds(em: EntityManager, ids: readonly string[]): Promise<MandateRow[]> {
    return rows<MandateRow>(em, sql`select ${mandate} from ${from} where m.id = any(${ids}::uuid[])`);
  }

  async findById(em: EntityManager, id: string): Promise<MandateRow | undefined> {
    return (await this.findByIds(em, [id]))[0];
  }

  /** A page of what the two people of each of these one-to-ones have granted each other, newest first. */
  async findPagesByOneToOnes(
    em: EntityManager,
    oneToOneIds: readonly string[],
    page: PageArguments,
  ): Promise<Map<string, Page<MandateRow>>> {
    const found = await rows<MandateRow & Keyed & OfParent>(
      em,
      eachParent(
        oneToOneIds,
        sql`select ${mandate}, ${newestFirst.key} from one_to_one o
            join mandate m on (m.granted_by_id = o.first_id and m.to_id = o.second_id)
              or (m.granted_by_id = o.second_id and m.to_id = o.first_id)
            join mandate_own own on own.mandate_id = m.id ${state}
            where o.id = parent.id and ${newestFirst.where(page)}
            order by ${newestFirst.orderBy(page)} limit ${newestFirst.limit(page)}`,
      ),
    );
    return newestFirst.pages(found, page);
  }

  /** A page of the published mandates of each of these people. */
  async findPublishedPages(
    em: EntityManager,
    personIds: readonly string[],
    page: PageArguments,
  ): Promise<Map<string, Page<MandateRow>>> {
    const found = await rows<MandateRow & Keyed & OfParent>(
      em,
      eachParent(
        personIds,
        sql`select ${mandate}, ${published.key} from ${from}
            where m.to_id = parent.id and m.published and state.ended_at is null and ${published.where(page)}
            order by ${published.orderBy(page)} limit ${published.limit(page)}`,
      ),
    );
    return published.pages(found, page);
  }

  /** The mandate if the viewer is one of its two people, locked until the transaction ends, as it is after waiting for the lock. */
  async lockOwn(em: EntityManager, id: string): Promise<OwnMandateRow | undefined> {
    // FOR UPDATE finds only rows that the viewer can update.
    const locked = await row(em, sql`select 1 from mandate where id = ${id}::uuid for update`);
    return locked === undefined ? undefined : ((await this.findById(em, id)) as OwnMandateRow | undefined);
  }

  /** The open line of either kind in which this person reports to the viewer. Null without one. */
  async findLineOfReport(em: EntityManager, personId: string): Promise<string | null> {
    const found = await row<{ lineId: string | null }>(
      em,
      sql`select app.open_line_of_report(${personId}::uuid) as "lineId"`,
    );
    return found?.lineId ?? null;
  }

  async insert(
    em: EntityManager,
    values: Pick<MandateEntity, 'organizationId' | 'grantedById' | 'toId' | 'lineId' | 'text' | 'lastDay'>,
  ): Promise<string> {
    const inserted = await row<{ id: string }>(em, sql`${insertInto(MandateEntity, values)} returning id`);
    if (!inserted) throw new Error('The mandate was not written.');
    return inserted.id;
  }

  /** Triggers count the change, and take a publication back. */
  async update(
    em: EntityManager,
    id: string,
    changes: Pick<MandateEntity, 'text' | 'lastDay'>,
  ): Promise<void> {
    await affected(em, updateOf(MandateEntity, id, changes));
  }

  async end(em: EntityManager, id: string): Promise<void> {
    await affected(em, sql`update mandate set ended_at = now() where id = ${id}::uuid`);
  }

  async askForPublication(em: EntityManager, id: string, personId: string): Promise<void> {
    await affected(
      em,
      sql`update mandate_own set publication_asked_by_id = ${personId}::uuid where mandate_id = ${id}::uuid`,
    );
  }

  async publish(em: EntityManager, id: string): Promise<void> {
    await affected(em, sql`update mandate set published = true where id = ${id}::uuid`);
  }

  /** Also takes back a request for publication. */
  async unpublish(em: EntityManager, id: string): Promise<void> {
    await affected(em, sql`update mandate set published = false where id = ${id}::uuid and published`);
    await affected(
      em,
      sql`update mandate_own set publication_asked_by_id = null
          where mandate_id = ${id}::uuid and publication_asked_by_id is not null`,
    );
  }
}
