import { Injectable } from '@nestjs/common';
import { Database } from '#db';
import {
  createLoader,
  Page,
  createPageLoader,
  type Loader,
  type RequestContext,
  type PageArguments,
} from '#graphql';
import { AccessLog } from '../access-log/access-log.js';
import type { AccessKind } from '../access-log/access-log.model.js';
import type { PersonalGoalRow } from './personal-goal.entity.js';
import { PersonalGoalRepository, type PersonalGoalsArguments } from './personal-goal.repository.js';

/** Personal goals that the viewer can see. Reads are in the access log before the response is sent. */
@Injectable()
export class PersonalGoalLoader {
  /** A goal returned along with another object: logged as LISTED. Null for a goal that the viewer cannot see. */
  readonly byId: (ctx: RequestContext) => Loader<string, PersonalGoalRow>;
  /** A goal requested by its ID: logged as OPENED. */
  readonly opened: (ctx: RequestContext) => Loader<string, PersonalGoalRow>;

  constructor(
    private readonly database: Database,
    private readonly goals: PersonalGoalRepository,
    private readonly accessLog: AccessLog,
  ) {
    this.byId = this.loaderFor('LISTED');
    this.opened = this.loaderFor('OPENED');
  }

  /** By owner. */
  readonly ofPerson = createPageLoader<PersonalGoalRow, PersonalGoalsArguments>(
    async (ctx, ownerIds, args) => {
      const pages = await this.database.read(ctx, (em) =>
        this.goals.findPagesByOwners(em, ctx.viewer, ownerIds, args),
      );
      return new Map(
        Array.from(pages, ([ownerId, page]) => [
          ownerId,
          page.map((goal) => this.accessLog.reveal(ctx, goal, 'LISTED')),
        ]),
      );
    },
  );

  /** Goals of others that are shared with the viewer by name. */
  async sharedWithViewer(ctx: RequestContext, page: PageArguments): Promise<Page<PersonalGoalRow>> {
    const personId = ctx.viewer?.personId;
    if (typeof personId !== 'string') return Page.empty();
    const found = await this.database.read(ctx, (em) => this.goals.findPageSharedWith(em, personId, page));
    return found.map((goal) => this.accessLog.reveal(ctx, goal, 'LISTED'));
  }

  private loaderFor(kind: AccessKind): (ctx: RequestContext) => Loader<string, PersonalGoalRow> {
    return createLoader(async (ctx, ids) => {
      const found = await this.database.read(ctx, (em) =>
        this.goals.findByIds(em, ctx.viewer?.personId ?? null, ids),
      );
      return new Map(Array.from(found, ([id, goal]) => [id, this.accessLog.reveal(ctx, goal, kind)]));
    });
  }
}
