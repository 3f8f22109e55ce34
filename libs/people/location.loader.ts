import { Injectable } from '@nestjs/common';
import { Database } from '#db';
import { operationLoader, type Loader, type Operation } from '#graphql';
import type { LocationRow } from './location.entity.js';
import { LocationRepository } from './location.repository.js';

/** Locations, once an operation. */
@Injectable()
export class LocationLoader {
  /** By id. */
  readonly byId: (op: Operation) => Loader<string, LocationRow>;
  /** All of an organization, by its id; in the order of their names. */
  readonly ofOrganization: (op: Operation) => Loader<string, LocationRow[]>;

  constructor(database: Database, locations: LocationRepository) {
    this.byId = operationLoader<string, LocationRow>((viewer, ids) =>
      database.read(viewer, async (em) => {
        const found = await locations.findByIds(em, ids);
        return new Map(found.map((row) => [row.id, row]));
      }),
    );
    // There is one organization a viewer, so this is one statement.
    this.ofOrganization = operationLoader<string, LocationRow[]>((viewer, ids) =>
      database.read(viewer, (em) => Promise.all(ids.map((id) => locations.findAll(em, id)))),
    );
  }
}
