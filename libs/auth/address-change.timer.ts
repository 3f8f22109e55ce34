import { Injectable } from '@nestjs/common';
import { Database, PeriodicWrite } from '#db';
import { AddressChangeService } from './address-change.service.js';

/** Every minute, applies the changes of sign-in addresses that are due. Signing in applies those of its address itself. */
@Injectable()
export class AddressChangeTimer extends PeriodicWrite {
  constructor(database: Database, changes: AddressChangeService) {
    super(database, {
      everyMs: 60_000,
      logger: 'Accounts',
      success: 'Due changes of sign-in addresses were applied.',
      failure: 'Due changes of sign-in addresses could not be applied; the next run will apply them.',
      write: (em) => changes.applyDue(em, null),
    });
  }
}
