import { Injectable } from '@nestjs/common';
import type DataLoader from 'dataloader';
import { usableTimeZone } from '#common';
import { Database } from '#db';
import {
  createLoader,
  createPageLoader,
  type Loader,
  type RequestContext,
  type Page,
  type PageArguments,
} from '#graphql';
import type { PersonRow } from './person.entity.js';
import { PersonRepository } from './person.repository.js';

/** People, once an operation. */
@Injectable()
export class PersonLoader {
  /** By id; null for whom the viewer may not see. */
  readonly byId: (ctx: RequestContext) => Loader<string, PersonRow>;
  /** A person's time zone: their own, else their organization's. */
  readonly timeZone: (ctx: RequestContext) => Loader<string, string>;
  /** The last day of a person's employment, where the viewer may know it. */
  readonly endedOn: (ctx: RequestContext) => Loader<string, string>;
  /** Who reports to a person today. */
  readonly directReports: (ctx: RequestContext, page: PageArguments) => DataLoader<string, Page<PersonRow>>;

  constructor(database: Database, people: PersonRepository) {
    this.byId = createLoader<string, PersonRow>((ctx, ids) =>
      database.read(ctx, async (em) => {
        const found = await people.findByIds(em, ids);
        return new Map(found.map((row) => [row.id, row]));
      }),
    );
    this.timeZone = createLoader<string, string>((ctx, ids) =>
      database.read(ctx, async (em) => {
        const found = await people.findTimeZones(em, ids);
        return new Map(found.map(({ id, timeZone }) => [id, usableTimeZone(timeZone)]));
      }),
    );
    this.endedOn = createLoader<string, string>((ctx, ids) =>
      database.read(ctx, async (em) => {
        const found = await people.findEnds(em, ids);
        return new Map(found.map(({ id, endedOn }) => [id, endedOn]));
      }),
    );
    this.directReports = createPageLoader<PersonRow>((ctx, ids, page) =>
      database.read(ctx, (em) => people.findDirectReports(em, ids, page)),
    );
  }
}
