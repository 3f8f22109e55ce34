import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { affected, columns, insertAllInto, insertInto, row, rows, sql } from '#db';
import {
  HandoverEntity,
  HandoverOfferEntity,
  type HandoverOfferRow,
  type HandoverRow,
} from './handover.entity.js';

/**
 * Handovers of the viewer and to the viewer, with what the person can pass on: what was shared with the former manager when the line
 * ended, open action items of the two, and mandates that ended with the line. Under the policies of the viewer, who sees none of that
 * as the new manager. Without anything to pass on there is no handover, unless it was completed.
 */
const handovers = sql`(
  select change.*, content.* from (
    select h.line_id as id, h.person_id, h.from_id, h.to_id, h.opened_on, h.completed_at,
      coalesce((select min(e.ends_at) from reporting_line_end e where e.line_id = h.line_id), h.completed_at) as ended_at
    from handover h
    union all
    select f.line_id, app.viewer(), f.from_id, f.to_id, f.opened_on, null, f.ended_at
    from app.own_former_managers() f
    where not exists (select 1 from handover h where h.line_id = f.line_id)
  ) change
  cross join lateral (
    select
      array(
        select s.id from goal_share s join goal_share_own t on t.share_id = s.id
        where s.owner_id = change.person_id and s.with_id = change.from_id
          -- A line that is replaced ends at the beginning of the day, perhaps before a share that depends on it was made.
          and (s.line_id = change.id or (s.line_id is null and t.created_at < change.ended_at))
          and (s.ended_at is null or s.ended_at >= change.ended_at)
          and (s.expires_at is null or s.expires_at > change.ended_at)
        order by t.created_at desc, s.id
      ) as "shareIds",
      array(
        select i.id from action_item i join one_to_one o on o.id = i.one_to_one_id
        where o.first_id = least(change.person_id, change.from_id)
          and o.second_id = greatest(change.person_id, change.from_id) and i.state = 'OPEN'
        order by i.id
      ) as "actionItemIds",
      array(
        select m.id from mandate m join mandate_own own on own.mandate_id = m.id
        where m.line_id = change.id and m.to_id = change.person_id
          and (m.ended_at is null or m.ended_at >= change.ended_at)
          and (m.expires_at is null or m.expires_at > change.ended_at)
        order by own.granted_at, m.id
      ) as "mandateIds"
  ) content
  where change.completed_at is not null
    or cardinality("shareIds") + cardinality("actionItemIds") + cardinality("mandateIds") > 0
)`;
const handover = sql`h.id, h.person_id as "personId", h.from_id as "fromId", h.to_id as "toId", h.opened_on as "openedOn",
  h.completed_at as "completedAt", h."shareIds", h."actionItemIds", h."mandateIds", 'Handover' as "__typename"`;

const offer = columns(HandoverOfferEntity, 'o');

@Injectable()
export class HandoverRepository {
  /** Newest first. */
  findAll(em: EntityManager): Promise<HandoverRow[]> {
    return rows<HandoverRow>(em, sql`select ${handover} from ${handovers} h order by h.opened_on desc, h.id`);
  }

  findByIds(em: EntityManager, ids: readonly string[]): Promise<HandoverRow[]> {
    return rows<HandoverRow>(
      em,
      sql`select ${handover} from ${handovers} h where h.id = any(${ids}::uuid[])`,
    );
  }

  async findById(em: EntityManager, id: string): Promise<HandoverRow | undefined> {
    return (await this.findByIds(em, [id]))[0];
  }

  /**
   * @returns false where a concurrent transaction has completed it
   * @throws an error for which isRefusedByPolicy is true where the manager has changed meanwhile
   */
  async insert(em: EntityManager, values: HandoverEntity): Promise<boolean> {
    return (await affected(em, sql`${insertInto(HandoverEntity, values)} on conflict do nothing`)) > 0;
  }

  async insertOffers(
    em: EntityManager,
    offers: readonly Omit<HandoverOfferEntity, 'id' | 'actionItemId' | 'mandateId'>[],
  ): Promise<void> {
    if (offers.length > 0) await affected(em, insertAllInto(HandoverOfferEntity, offers));
  }

  /** What each of these handovers offers, in the order in which it was offered. */
  findOffers(em: EntityManager, handoverIds: readonly string[]): Promise<HandoverOfferRow[]> {
    return rows<HandoverOfferRow>(
      em,
      sql`select ${offer} from handover_offer o where o.line_id = any(${handoverIds}::uuid[])
          order by o.line_id, o.kind, o.position`,
    );
  }

  findOffer(em: EntityManager, id: string): Promise<HandoverOfferRow | undefined> {
    return row<HandoverOfferRow>(em, sql`select ${offer} from handover_offer o where o.id = ${id}::uuid`);
  }

  /**
   * The offer if it was made to the viewer and its words are not erased, locked until the transaction ends, as it is after waiting for
   * the lock.
   */
  async lockOffer(em: EntityManager, id: string): Promise<HandoverOfferRow | undefined> {
    // FOR UPDATE finds only rows that the viewer can update.
    const locked = await row(
      em,
      sql`select 1 from handover_offer where id = ${id}::uuid and text <> app.removed_words() for update`,
    );
    return locked === undefined ? undefined : this.findOffer(em, id);
  }

  async takeUp(
    em: EntityManager,
    offerId: string,
    as: { readonly actionItemId: string } | { readonly mandateId: string },
  ): Promise<void> {
    await affected(
      em,
      'actionItemId' in as
        ? sql`update handover_offer set action_item_id = ${as.actionItemId}::uuid where id = ${offerId}::uuid`
        : sql`update handover_offer set mandate_id = ${as.mandateId}::uuid where id = ${offerId}::uuid`,
    );
  }
}
