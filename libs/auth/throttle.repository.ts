import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { row, rows, scalar, sql } from '#db';

/** How often something may be attempted. Times are in seconds; `free` times `forgotten` must be less than a day. */
export interface Allowance {
  /** Attempts before the first wait. */
  readonly free: number;
  /** The time in which a count decreases by one. */
  readonly forgotten: number;
  /** The first wait; each further one is twice as long. */
  readonly first: number;
  readonly longest: number;
}

/** What is counted, and its limit. */
export interface Counted extends Allowance {
  /** Stored as a keyed hash only. */
  readonly subject: string;
}

/** Counts of attempts, through SECURITY DEFINER functions. */
@Injectable()
export class ThrottleRepository {
  /** Counts an attempt of each subject, or of none. @returns the seconds to wait; 0 when counted */
  async count(em: EntityManager, tries: readonly Counted[]): Promise<number> {
    return (
      (await scalar<number>(
        em,
        sql`select app.admit_attempts(
        ${tries.map(({ subject }) => subject)}::text[], ${tries.map(({ free }) => free)}::double precision[],
        ${tries.map(({ forgotten }) => forgotten)}::double precision[],
        ${tries.map(({ first }) => first)}::double precision[],
        ${tries.map(({ longest }) => longest)}::double precision[]
      ) as wait`,
      )) ?? 0
    );
  }

  /** Deletes the counts of `whole`, and takes one attempt of each in `once` back. */
  async takeBack(em: EntityManager, whole: readonly string[], once: readonly string[]): Promise<void> {
    await row(em, sql`select app.forgive_attempts(${whole}::text[], ${once}::text[])`);
  }

  /** Counts an action of the viewer with a daily limit. @returns the seconds to wait; 0 when counted */
  async countDaily(em: EntityManager, kind: string, about: readonly string[], aDay: number): Promise<number> {
    return (
      (await scalar<number>(em, sql`select app.count_daily(${kind}, ${about}::text[], ${aDay}) as wait`)) ?? 0
    );
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
    return (
      (await scalar<number>(em, sql`select app.charge_cost(${caller}, ${amount}, ${aMinute}) as used`)) ?? 0
    );
  }

  /** Whether this is the token of a session, even an ended one, of the account with this address. */
  async isKnownDevice(em: EntityManager, address: string, tokenHash: Buffer): Promise<boolean> {
    return (
      (await scalar<boolean>(em, sql`select app.is_known_device(${address}, ${tokenHash}) as known`)) ?? false
    );
  }

  /** Deletes expired counts and idempotency keys. @returns how many */
  async forget(em: EntityManager): Promise<number> {
    return (await scalar<number>(em, sql`select app.delete_expired_keys_and_throttles() as count`)) ?? 0;
  }
}
