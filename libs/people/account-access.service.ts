import { Injectable } from '@nestjs/common';
import { Database, type PersonViewer } from '#db';
import { notFound, notPermitted } from '#graphql';
import { AccountAccessRepository } from './account-access.repository.js';
import { AuditTrail } from './audit.service.js';
import { requireRole } from './roles.js';

@Injectable()
export class AccountAccessService {
  constructor(
    private readonly database: Database,
    private readonly accounts: AccountAccessRepository,
    private readonly trail: AuditTrail,
  ) {}

  /**
   * Disabling ends all sessions and refuses signing in at once, and changes nothing else. What is so already stays so.
   *
   * @throws NOT_PERMITTED, also for one's own account; NOT_FOUND for whoever has no account here
   */
  async setDisabled(viewer: PersonViewer, personId: string, disabled: boolean): Promise<void> {
    requireRole(viewer, 'PEOPLE_ADMIN');
    if (personId === viewer.personId) {
      throw notPermitted('Nobody disables their own account: another PEOPLE_ADMIN does.');
    }
    await this.database.write(viewer, async (em) => {
      const changed = await this.accounts.setDisabled(em, personId, disabled);
      if (changed === null) throw notFound('There is nobody here with this id who has an account.');
      const action = disabled ? 'ACCOUNT_DISABLED' : 'ACCOUNT_ENABLED';
      if (changed) await this.trail.record(em, viewer, action, `Person ${personId}`);
    });
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
