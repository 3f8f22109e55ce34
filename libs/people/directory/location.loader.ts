import { Injectable } from '@nestjs/common';
import { Database } from '#db';
import { createLoader, type Loader, type RequestContext } from '#graphql';
import type { LocationRow } from './location.entity.js';
import { LocationRepository } from './location.repository.js';

/** Locations, once an operation. */
@Injectable()
export class LocationLoader {
  /** By id. */
  readonly byId: (ctx: RequestContext) => Loader<string, LocationRow>;
  /** All of an organization, by its id; in the order of their names. */
  readonly ofOrganization: (ctx: RequestContext) => Loader<string, LocationRow[]>;

  constructor(database: Database, locations: LocationRepository) {
    this.byId = createLoader<string, LocationRow>((ctx, ids) =>
      database.read(ctx, async (em) => {
        const found = await locations.findByIds(em, ids);
        return new Map(found.map((row) => [row.id, row]));
      }),
    );
    // There is one organization a viewer, so this is one statement.
    this.ofOrganization = createLoader<string, LocationRow[]>((ctx, ids) =>
      database.read(ctx, (em) => Promise.all(ids.map((id) => locations.findAll(em, id)))),
    );
  }
}
