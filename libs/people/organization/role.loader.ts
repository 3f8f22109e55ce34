import { Injectable } from '@nestjs/common';
import { Database } from '#db';
import { createLoader, type Loader, type RequestContext } from '#graphql';
import type { Role } from '#identity';
import { RoleRepository } from './role.repository.js';

@Injectable()
export class RoleLoader {
  /** A person's roles, as far as the viewer may see them; null for none. */
  readonly byPerson: (ctx: RequestContext) => Loader<string, Role[]>;

  constructor(database: Database, roles: RoleRepository) {
    this.byPerson = createLoader<string, Role[]>((ctx, personIds) =>
      database.read(ctx, async (em) => {
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
