import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { row, sql } from '#db';

/** Accounts as a PEOPLE_ADMIN, or their own person, deals with them. */
@Injectable()
export class AccountAccessRepository {
  /** @returns whether that changed anything; null where there is no such account for this PEOPLE_ADMIN */
  async setDisabled(em: EntityManager, personId: string, disabled: boolean): Promise<boolean | null> {
    const found = await row<{ changed: boolean | null }>(
      em,
      sql`select app.set_account_disabled(${personId}::uuid, ${disabled}) as changed`,
    );
    return found?.changed ?? null;
  }

  /** The viewer's own address for signing in. */
  async signInAddress(em: EntityManager, personId: string): Promise<string | null> {
    const found = await row<{ address: string }>(
      em,
      sql`select sign_in_address as address from account where person_id = ${personId}`,
    );
    return found?.address ?? null;
  }
}
