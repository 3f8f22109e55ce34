import { Injectable } from '@nestjs/common';
import { Database, type PersonViewer } from '#db';
import { notFound, notPermitted } from '#graphql';
import { AccountAccessRepository } from './account-access.repository.js';
import { AuditTrail } from './audit.service.js';
import { refuseLastAdministrator, requireRole } from './roles.js';

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
  async setDisabled(viewer: PersonViewer, personId: string, disabled: boolean): Promise<void> {
    requireRole(viewer, 'PEOPLE_ADMIN');
    if (personId === viewer.personId) {
      throw notPermitted('Nobody disables their own account: another PEOPLE_ADMIN does.');
    }
    await this.database
      .write(viewer, async (em) => {
        const changed = await this.accounts.setDisabled(em, personId, disabled);
        if (changed === null) throw notFound('There is nobody here with this id who has an account.');
        const action = disabled ? 'ACCOUNT_DISABLED' : 'ACCOUNT_ENABLED';
        if (changed) await this.trail.record(em, viewer, action, `Person ${personId}`);
      })
      .catch(refuseLastAdministrator);
  }

  /** The address that the viewer signs in with, theirs alone to know and to change. */
  async signInAddress(viewer: PersonViewer): Promise<string> {
    const address = await this.database.read(viewer, (em) =>
      this.accounts.signInAddress(em, viewer.personId),
    );
    if (address === null) throw notFound();
    return address;
  }
}
