import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { row, scalar, sql } from '#db';

export interface AddressChangeRow {
  readonly newEmail: string;
  readonly requestedAt: Date;
  readonly effectiveAt: Date;
  readonly oldConfirmed: boolean;
  readonly newConfirmed: boolean;
}

const change = sql`new_address as "newEmail", requested_at as "requestedAt", effective_at as "effectiveAt",
  old_confirmed as "oldConfirmed", new_confirmed as "newConfirmed"`;

@Injectable()
export class AddressChangeRepository {
  /**
   * Requests a change for the viewer, in place of an earlier request, and queues the mails to both addresses.
   *
   * @returns false for a wrong password
   */
  async request(em: EntityManager, proof: string, newAddress: string): Promise<boolean> {
    return (
      (await scalar<boolean>(
        em,
        sql`select app.request_address_change(${proof}, ${newAddress}) as requested`,
      )) ?? false
    );
  }

  /** The viewer's pending change. */
  findOwn(em: EntityManager): Promise<AddressChangeRow | undefined> {
    return row(em, sql`select ${change} from app.own_address_change()`);
  }

  /** Confirms with a link of either address; undefined when it does not work. @throws SIGN_IN_ADDRESS_TAKEN */
  confirm(em: EntityManager, linkHash: Buffer): Promise<AddressChangeRow | undefined> {
    return row(em, sql`select ${change} from app.confirm_address_change(${linkHash})`);
  }

  /** Cancels the viewer's pending change, or the one of a link sent to the old address. @returns whether there was one */
  async cancel(em: EntityManager, linkHash: Buffer | null): Promise<boolean> {
    return (
      (await scalar<boolean>(em, sql`select app.cancel_address_change(${linkHash}) as cancelled`)) ?? false
    );
  }

  /** Applies all changes that are due, for the worker. @returns how many */
  async applyAllDue(em: EntityManager): Promise<number> {
    return (await scalar<number>(em, sql`select app.apply_due_address_changes() as applied`)) ?? 0;
  }

  /** Applies the changes that are due and concern one address. @returns how many */
  async applyDue(em: EntityManager, address: string): Promise<number> {
    return (await scalar<number>(em, sql`select app.apply_address_changes(${address}) as applied`)) ?? 0;
  }
}
