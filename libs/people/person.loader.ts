import { Injectable } from '@nestjs/common';
import { Database } from '#db';
import { operationLoader, type Loader, type Operation } from '#graphql';
import type { PersonRow } from './person.entity.js';
import { PersonRepository } from './person.repository.js';

/** People, once an operation. */
@Injectable()
export class PersonLoader {
  /** By id; null for whom the viewer may not see. */
  readonly byId: (op: Operation) => Loader<string, PersonRow>;

  constructor(database: Database, people: PersonRepository) {
    this.byId = operationLoader<string, PersonRow>((viewer, ids) =>
      database.read(viewer, async (em) => {
        const found = await people.findByIds(em, ids);
        return new Map(found.map((row) => [row.id, row]));
      }),
    );
  }
}
