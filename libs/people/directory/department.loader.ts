import { Injectable } from '@nestjs/common';
import { Database } from '#db';
import { createLoader, type Loader, type RequestContext } from '#graphql';
import type { DepartmentRow } from './department.entity.js';
import { DepartmentRepository } from './department.repository.js';

/** Departments, once an operation. */
@Injectable()
export class DepartmentLoader {
  /** By id. */
  readonly byId: (ctx: RequestContext) => Loader<string, DepartmentRow>;
  /** All of an organization, by its id; in the order of their names. */
  readonly ofOrganization: (ctx: RequestContext) => Loader<string, DepartmentRow[]>;

  constructor(database: Database, departments: DepartmentRepository) {
    this.byId = createLoader<string, DepartmentRow>((ctx, ids) =>
      database.read(ctx, async (em) => {
        const found = await departments.findByIds(em, ids);
        return new Map(found.map((row) => [row.id, row]));
      }),
    );
    // There is one organization a viewer, so this is one statement.
    this.ofOrganization = createLoader<string, DepartmentRow[]>((ctx, ids) =>
      database.read(ctx, (em) => Promise.all(ids.map((id) => departments.findAll(em, id)))),
    );
  }
}
