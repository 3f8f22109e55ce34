import { Injectable } from '@nestjs/common';
import type DataLoader from 'dataloader';
import { usableTimeZone } from '#common';
import { Database } from '#db';
import {
  operationLoader,
  pageLoader,
  type Loader,
  type Operation,
  type Page,
  type PageArguments,
} from '#graphql';
import type { PersonRow } from './person.entity.js';
import { PersonRepository } from './person.repository.js';

/** People, once an operation. */
@Injectable()
export class PersonLoader {
  /** By id; null for whom the viewer may not see. */
  readonly byId: (op: Operation) => Loader<string, PersonRow>;
  /** A person's time zone: their own, else their organization's. */
  readonly timeZone: (op: Operation) => Loader<string, string>;
  /** The last day of a person's employment, where the viewer may know it. */
  readonly endedOn: (op: Operation) => Loader<string, string>;
  /** Who reports to a person today. */
  readonly directReports: (op: Operation, page: PageArguments) => DataLoader<string, Page<PersonRow>>;

  constructor(database: Database, people: PersonRepository) {
    this.byId = operationLoader<string, PersonRow>((viewer, ids) =>
      database.read(viewer, async (em) => {
        const found = await people.findByIds(em, ids);
        return new Map(found.map((row) => [row.id, row]));
      }),
    );
    this.timeZone = operationLoader<string, string>((viewer, ids) =>
      database.read(viewer, async (em) => {
        const found = await people.findTimeZones(em, ids);
        return new Map(found.map(({ id, timeZone }) => [id, usableTimeZone(timeZone)]));
      }),
    );
    this.endedOn = operationLoader<string, string>((viewer, ids) =>
      database.read(viewer, async (em) => {
        const found = await people.findEnds(em, ids);
        return new Map(found.map(({ id, endedOn }) => [id, endedOn]));
      }),
    );
    this.directReports = pageLoader<PersonRow>((viewer, ids, page) =>
      database.read(viewer, (em) => people.findDirectReports(em, ids, page)),
    );
  }
}
