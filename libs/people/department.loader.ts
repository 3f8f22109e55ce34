import { Injectable } from '@nestjs/common';
import { Database } from '#db';
import { operationLoader, type Loader, type Operation } from '#graphql';
import type { DepartmentRow } from './department.entity.js';
import { DepartmentRepository } from './department.repository.js';

/** Departments, once an operation. */
@Injectable()
export class DepartmentLoader {
  /** By id. */
  readonly byId: (op: Operation) => Loader<string, DepartmentRow>;
  /** All of an organization, by its id; in the order of their names. */
  readonly ofOrganization: (op: Operation) => Loader<string, DepartmentRow[]>;

  constructor(database: Database, departments: DepartmentRepository) {
    this.byId = operationLoader<string, DepartmentRow>((viewer, ids) =>
      database.read(viewer, async (em) => {
        const found = await departments.findByIds(em, ids);
        return new Map(found.map((row) => [row.id, row]));
      }),
    );
    // There is one organization a viewer, so this is one statement.
    this.ofOrganization = operationLoader<string, DepartmentRow[]>((viewer, ids) =>
      database.read(viewer, (em) => Promise.all(ids.map((id) => departments.findAll(em, id)))),
    );
  }
}
