import { Injectable } from '@nestjs/common';
import { JobTask, type Job, type JobHandler } from '#jobs';
import { AddressChangeRepository } from './address-change.repository.js';

/** Every minute, applies the changes of sign-in addresses that are due. Signing in applies those of its address itself. */
@Injectable()
@JobTask({ name: 'apply_address_changes', cron: '* * * * *' })
export class AddressChangeTask implements JobHandler {
  constructor(private readonly changes: AddressChangeRepository) {}

  async run(job: Job): Promise<void> {
    await job.write((em) => this.changes.applyAllDue(em));
  }
}
