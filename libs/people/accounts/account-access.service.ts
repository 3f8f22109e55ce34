import { Injectable } from '@nestjs/common';
import { Database, type PersonContext } from '#db';
import { notFound, notPermitted } from '#graphql';
import { AuditTrail } from '../organization/audit.service.js';
import { refuseLastAdministrator, requireRole } from '../organization/roles.js';
import { AccountAccessRepository } from './account-access.repository.js';

@Injectable()
export class AccountAccessService {
  constructor(
    private readonly database: Database,
    private readonly accounts: AccountAccessRepository,
    private readonly trail: AuditTrail,
  ) {}

  /**
   * Disabling refuses sign-in and ends all credentials at once: sessions, links for a new password, a pending change of the
   * sign-in address, and API tokens that the person made. What is so already stays so.
   *
   * @throws NOT_PERMITTED, also for one's own account; NOT_FOUND for whoever has no account here; CONFLICT for the last
   * ORGANIZATION_ADMIN
   */
  async setDisabled(ctx: PersonContext, personId: string, disabled: boolean): Promise<void> {
    requireRole(ctx.viewer, 'PEOPLE_ADMIN');
    if (personId === ctx.viewer.personId) {
      throw notPermitted('Nobody disables their own account: another PEOPLE_ADMIN does.');
    }
    await this.database
      .write(ctx, async (em) => {
        const changed = await this.accounts.setDisabled(em, personId, disabled);
        if (changed === null) throw notFound('There is nobody here with this id who has an account.');
        const action = disabled ? 'ACCOUNT_DISABLED' : 'ACCOUNT_ENABLED';
        if (changed) await this.trail.record(em, ctx, action, `Person ${personId}`);
      })
      .catch(refuseLastAdministrator);
  }

  /** The address that the viewer signs in with, theirs alone to know and to change. */
  async signInAddress(ctx: PersonContext): Promise<string> {
    const address = await this.database.read(ctx, (em) =>
      this.accounts.signInAddress(em, ctx.viewer.personId),
    );
    if (address === null) throw notFound();
    return address;
  }
}
