import { Injectable } from '@nestjs/common';
import { Database } from '#db';
import { createLoader, type Loader, type RequestContext } from '#graphql';
import type { NamedRow } from './department-location.entity.js';
import {
  DepartmentRepository,
  LocationRepository,
  type NamedRepository,
} from './department-location.repository.js';

abstract class NamedLoader {
  /** By id. */
  readonly byId: (ctx: RequestContext) => Loader<string, NamedRow>;
  /** All of an organization, by its id; ordered by name. */
  readonly ofOrganization: (ctx: RequestContext) => Loader<string, NamedRow[]>;

  protected constructor(database: Database, repository: NamedRepository) {
    this.byId = createLoader<string, NamedRow>((ctx, ids) =>
      database.read(ctx, async (em) => {
        const found = await repository.findByIds(em, ids);
        return new Map(found.map((row) => [row.id, row]));
      }),
    );
    // A viewer sees one organization, so this is one statement.
    this.ofOrganization = createLoader<string, NamedRow[]>((ctx, ids) =>
      database.read(ctx, (em) => Promise.all(ids.map((id) => repository.findAll(em, id)))),
    );
  }
}

@Injectable()
export class DepartmentLoader extends NamedLoader {
  // eslint-disable-next-line @typescript-eslint/no-useless-constructor -- Nest reads the types of its parameters
  constructor(database: Database, departments: DepartmentRepository) {
    super(database, departments);
  }
}

@Injectable()
export class LocationLoader extends NamedLoader {
  // eslint-disable-next-line @typescript-eslint/no-useless-constructor -- Nest reads the types of its parameters
  constructor(database: Database, locations: LocationRepository) {
    super(database, locations);
  }
}
