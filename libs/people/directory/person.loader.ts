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
import type { AccountState } from './person.model.js';
import { PersonRepository } from './person.repository.js';

@Injectable()
export class PersonLoader {
  /** By ID; null for people that the viewer may not see. */
  readonly byId: (ctx: RequestContext) => Loader<string, PersonRow>;
  /** A person's own time zone or, if they have set none, their organization's. */
  readonly timeZone: (ctx: RequestContext) => Loader<string, string>;
  /** Whether the viewer, and nobody else, is reminded of one-to-ones by mail; null where they have not chosen. */
  readonly remindersByMail: (ctx: RequestContext) => Loader<string, boolean>;
  /** The last day of a person's employment, where the viewer may see it. */
  readonly leftOn: (ctx: RequestContext) => Loader<string, string>;
  /** For PEOPLE_ADMIN and API tokens that read the directory. */
  readonly externalId: (ctx: RequestContext) => Loader<string, string>;
  /** For PEOPLE_ADMIN. */
  readonly accountState: (ctx: RequestContext) => Loader<string, AccountState>;
  /** The people whose PRIMARY manager today is this person. */
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
    this.remindersByMail = createLoader<string, boolean>((ctx, ids) =>
      database.read(ctx, async (em) => {
        const found = await people.findReminderChoices(em, ids);
        return new Map(found.map(({ id, remindersByMail }) => [id, remindersByMail]));
      }),
    );
    this.leftOn = createLoader<string, string>((ctx, ids) =>
      database.read(ctx, async (em) => {
        const found = await people.findEnds(em, ids);
        return new Map(found.map(({ id, leftOn }) => [id, leftOn]));
      }),
    );
    this.externalId = createLoader<string, string>((ctx, ids) =>
      database.read(ctx, async (em) => {
        const found = await people.findExternalIds(em, ids);
        return new Map(found.map(({ id, externalId }) => [id, externalId]));
      }),
    );
    this.accountState = createLoader<string, AccountState>((ctx, ids) =>
      database.read(ctx, async (em) => {
        const found = await people.findAccountStates(em, ids);
        return new Map(found.map(({ id, state }) => [id, state]));
      }),
    );
    this.directReports = createPageLoader<PersonRow>((ctx, ids, page) =>
      database.read(ctx, (em) => people.findDirectReports(em, ids, page)),
    );
  }
}
