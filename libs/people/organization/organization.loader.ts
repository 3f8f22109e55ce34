import { Injectable } from '@nestjs/common';
import { Database } from '#db';
import { createLoader, type Loader, type RequestContext } from '#graphql';
import type { OrganizationRow } from './organization.entity.js';
import { OrganizationRepository } from './organization.repository.js';

@Injectable()
export class OrganizationLoader {
  /** By ID; null for any but the viewer's own. */
  readonly byId: (ctx: RequestContext) => Loader<string, OrganizationRow>;

  constructor(database: Database, organizations: OrganizationRepository) {
    this.byId = createLoader<string, OrganizationRow>((ctx, ids) =>
      database.read(ctx, async (em) => {
        const found = await organizations.findByIds(em, ids);
        return new Map(found.map((row) => [row.id, row]));
      }),
    );
  }
}
