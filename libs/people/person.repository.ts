import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { columns, rows, sql } from '#db';
import { PersonEntity, type PersonRow } from './person.entity.js';

const person = columns(PersonEntity, 'p');

/** The directory's rows. */
@Injectable()
export class PersonRepository {
  /** Those of them that the viewer may see, in any order. */
  findByIds(em: EntityManager, ids: readonly string[]): Promise<PersonRow[]> {
    return rows<PersonRow>(em, sql`select ${person} from person p where p.id = any(${ids}::uuid[])`);
  }
}
