import { Injectable } from '@nestjs/common';
import { Database, type PersonContext } from '#db';
import { notFound, notPermitted } from '#graphql';
import { AuditTrail } from '../organization/audit.service.js';
import { refuseLastAdministrator, requireRole } from '../organization/role.rules.js';
import { AccountAccessRepository } from './account-access.repository.js';

@Injectable()
export class AccountAccessService {
  constructor(
    private readonly database: Database,
    private readonly accounts: AccountAccessRepository,
    private readonly trail: AuditTrail,
  ) {}

  /**
   * Disabling refuses sign-in and ends all credentials at once: sessions, password reset links, a pending change of the sign-in
   * address, and API tokens that the person created. Without a change, nothing is recorded.
   *
   * @throws NOT_PERMITTED, also for the viewer's own account; NOT_FOUND for a person without an account; CONFLICT for the last
   * ORGANIZATION_ADMIN
   */
  async setDisabled(ctx: PersonContext, personId: string, disabled: boolean): Promise<void> {
    requireRole(ctx.viewer, 'PEOPLE_ADMIN');
    if (personId === ctx.viewer.personId) {
      throw notPermitted('You cannot disable your own account. Ask another PEOPLE_ADMIN.');
    }
    await this.database
      .write(ctx, async (em) => {
        const changed = await this.accounts.setDisabled(em, personId, disabled);
        if (changed === null) throw notFound('No person with this ID has an account in your organization.');
        const action = disabled ? 'ACCOUNT_DISABLED' : 'ACCOUNT_ENABLED';
        if (changed) await this.trail.record(em, ctx, action, { type: 'Person', id: personId });
      })
      .catch(refuseLastAdministrator);
  }

  /** The viewer's own sign-in address. */
  async signInAddress(ctx: PersonContext): Promise<string> {
    const address = await this.database.read(ctx, (em) =>
      this.accounts.signInAddress(em, ctx.viewer.personId),
    );
    if (address === null) throw notFound();
    return address;
  }
}
