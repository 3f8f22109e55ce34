import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { row, rows, sql } from '#db';

/** How often something may be tried; all in seconds but `free`. Less than a day for `free` times `forgotten`. */
export interface Allowance {
  /** Tries before the first wait. */
  readonly free: number;
  /** A count goes down by one in this time. */
  readonly forgotten: number;
  /** The first wait; each next one is twice as long. */
  readonly first: number;
  readonly longest: number;
}

/** What is counted, and how. */
export interface Counted extends Allowance {
  /** Kept as a keyed hash only. */
  readonly subject: string;
}

/** Counts, by the doors of the law. */
@Injectable()
export class ThrottleRepository {
  /** Counts a try of each, or of none. @returns the seconds to wait; 0: counted */
  async count(em: EntityManager, tries: readonly Counted[]): Promise<number> {
    const found = await row<{ wait: number }>(
      em,
      sql`select app.admit_attempts(
        ${tries.map(({ subject }) => subject)}::text[], ${tries.map(({ free }) => free)}::double precision[],
        ${tries.map(({ forgotten }) => forgotten)}::double precision[],
        ${tries.map(({ first }) => first)}::double precision[],
        ${tries.map(({ longest }) => longest)}::double precision[]
      ) as wait`,
    );
    return found?.wait ?? 0;
  }

  /** Forgets all tries of `whole`, and one of each in `once`. */
  async takeBack(em: EntityManager, whole: readonly string[], once: readonly string[]): Promise<void> {
    await row(em, sql`select app.forgive_attempts(${whole}::text[], ${once}::text[])`);
  }

  /** Counts what the viewer does at most so often a day. @returns the seconds to wait; 0: counted */
  async countDaily(em: EntityManager, kind: string, about: readonly string[], aDay: number): Promise<number> {
    const found = await row<{ wait: number }>(
      em,
      sql`select app.count_daily(${kind}, ${about}::text[], ${aDay}) as wait`,
    );
    return found?.wait ?? 0;
  }

  /** As {@link countDaily} for each by itself. @returns those that were not counted, because they are done too often */
  async countDailyEach(
    em: EntityManager,
    kind: string,
    about: readonly string[],
    aDay: number,
  ): Promise<string[]> {
    const found = await rows<{ about: string }>(
      em,
      sql`select about from (
            select a.about, app.count_daily(${kind}, array[a.about], ${aDay}) as wait
            from (select unnest(${about}::text[]) as about order by 1) a offset 0
          ) counted where wait > 0`,
    );
    return found.map((one) => one.about);
  }

  /**
   * Charges a cost to a caller unless it exceeds the budget of a minute; a negative amount takes back a reservation.
   *
   * @returns what the caller has used with it: more than the budget if it was not charged
   */
  async chargeCost(em: EntityManager, caller: string, amount: number, aMinute: number): Promise<number> {
    const found = await row<{ used: number }>(
      em,
      sql`select app.charge_cost(${caller}, ${amount}, ${aMinute}) as used`,
    );
    return found?.used ?? 0;
  }

  /** Whether this is the token of a session, perhaps over, of whoever signs in with this address. */
  async isKnownDevice(em: EntityManager, address: string, tokenHash: Buffer): Promise<boolean> {
    const found = await row<{ known: boolean }>(
      em,
      sql`select app.is_known_device(${address}, ${tokenHash}) as known`,
    );
    return found?.known ?? false;
  }

  /** Forgets what has run off: counts, and keys of operations that could be sent again. @returns how many */
  async forget(em: EntityManager): Promise<number> {
    const found = await row<{ count: number }>(
      em,
      sql`select app.delete_expired_keys_and_throttles() as count`,
    );
    return found?.count ?? 0;
  }
}
