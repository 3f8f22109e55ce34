import { Injectable } from '@nestjs/common';
import { Database } from '#db';
import { createLoader } from '#graphql';
import type { CycleRow } from './cycle.entity.js';
import { CycleRepository } from './cycle.repository.js';

@Injectable()
export class CycleLoader {
  constructor(
    private readonly database: Database,
    private readonly cycles: CycleRepository,
  ) {}

  readonly byId = createLoader<string, CycleRow>((ctx, ids) =>
    this.database.read(ctx, async (em) => {
      const found = await this.cycles.findByIds(em, ids);
      return new Map(found.map((cycle) => [cycle.id, cycle]));
    }),
  );

  /** All cycles of each organization, latest first. */
  readonly ofOrganization = createLoader<string, CycleRow[]>((ctx, organizationIds) =>
    this.database.read(ctx, (em) => this.cycles.findByOrganizations(em, organizationIds)),
  );
}
