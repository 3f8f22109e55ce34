import { Injectable } from '@nestjs/common';
import { Database } from '#db';
import { operationLoader } from '#graphql';
import type { CycleRow } from './cycle.entity.js';
import { CycleRepository } from './cycle.repository.js';

/** Cycles, once an operation. */
@Injectable()
export class CycleLoader {
  constructor(
    private readonly database: Database,
    private readonly cycles: CycleRepository,
  ) {}

  readonly byId = operationLoader<string, CycleRow>((viewer, ids) =>
    this.database.read(viewer, async (em) => {
      const found = await this.cycles.findByIds(em, ids);
      return new Map(found.map((cycle) => [cycle.id, cycle]));
    }),
  );

  /** All cycles of an organization, the latest first. */
  readonly ofOrganization = operationLoader<string, CycleRow[]>((viewer, organizationIds) =>
    this.database.read(viewer, (em) => this.cycles.findByOrganizations(em, organizationIds)),
  );
}
