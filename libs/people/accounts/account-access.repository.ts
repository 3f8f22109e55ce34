import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { row, sql } from '#db';

@Injectable()
export class AccountAccessRepository {
  /** @returns whether it changed anything; null where the PEOPLE_ADMIN may not change such an account */
  async setDisabled(em: EntityManager, personId: string, disabled: boolean): Promise<boolean | null> {
    const found = await row<{ changed: boolean | null }>(
      em,
      sql`select app.set_account_disabled(${personId}::uuid, ${disabled}) as changed`,
    );
    return found?.changed ?? null;
  }

  /** The viewer's own sign-in address; null for another person's. */
  async signInAddress(em: EntityManager, personId: string): Promise<string | null> {
    const found = await row<{ address: string }>(
      em,
      sql`select sign_in_address as address from account where person_id = ${personId}`,
    );
    return found?.address ?? null;
  }
}
