import { Injectable } from '@nestjs/common';
import { Database } from '#db';
import { operationLoader, type Loader, type Operation } from '#graphql';
import type { OrganizationRow } from './organization.entity.js';
import { OrganizationRepository } from './organization.repository.js';

/** The viewer's organization, once an operation. */
@Injectable()
export class OrganizationLoader {
  /** By id; null for any but the viewer's own. */
  readonly byId: (op: Operation) => Loader<string, OrganizationRow>;

  constructor(database: Database, organizations: OrganizationRepository) {
    this.byId = operationLoader<string, OrganizationRow>((viewer, ids) =>
      database.read(viewer, async (em) => {
        const found = await organizations.findByIds(em, ids);
        return new Map(found.map((row) => [row.id, row]));
      }),
    );
  }
}
