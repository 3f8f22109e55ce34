import { Injectable } from '@nestjs/common';
import { Database } from '#db';
import { createLoader } from '#graphql';
import type { ProcedureAreaRow } from './procedure-area.entity.js';
import { ProcedureAreaRepository } from './procedure-area.repository.js';

@Injectable()
export class ProcedureAreaLoader {
  constructor(
    private readonly database: Database,
    private readonly areas: ProcedureAreaRepository,
  ) {}

  readonly byId = createLoader<string, ProcedureAreaRow>((ctx, ids) =>
    this.database.read(ctx, async (em) => {
      const found = await this.areas.findByIds(em, ids);
      return new Map(found.map((area) => [area.id, area]));
    }),
  );

  /** All areas of each organization, by name. */
  readonly ofOrganization = createLoader<string, ProcedureAreaRow[]>((ctx, organizationIds) =>
    this.database.read(ctx, (em) => this.areas.findByOrganizations(em, organizationIds)),
  );
}
