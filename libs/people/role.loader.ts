import { Injectable } from '@nestjs/common';
import { Database, type Role } from '#db';
import { operationLoader, type Loader, type Operation } from '#graphql';
import { RoleRepository } from './role.repository.js';

/** Who holds which roles, once an operation. */
@Injectable()
export class RoleLoader {
  /** By person, as far as the viewer may know; null for none. */
  readonly byPerson: (op: Operation) => Loader<string, Role[]>;

  constructor(database: Database, roles: RoleRepository) {
    this.byPerson = operationLoader<string, Role[]>((viewer, personIds) =>
      database.read(viewer, async (em) => {
        const found = await roles.findByPeople(em, personIds);
        return new Map(
          Array.from(
            Map.groupBy(found, ({ personId }) => personId),
            ([personId, grants]) => [personId, grants.map(({ role }) => role)],
          ),
        );
      }),
    );
  }
}
