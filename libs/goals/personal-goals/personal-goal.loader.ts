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
import type { PersonalGoalRow, PersonalGoalVersionRow } from './personal-goal.entity.js';
import { PersonalGoalRepository, type PersonalGoalsArguments } from './personal-goal.repository.js';

/** Personal goals as the viewer may see them. What it gives is in the access log before the answer leaves. */
@Injectable()
export class PersonalGoalLoader {
  /** For a goal beside something else: logged as LISTED. Null for what the viewer may not see. */
  readonly byId: (ctx: RequestContext) => Loader<string, PersonalGoalRow>;
  /** For a goal that was asked for by its id: logged as OPENED. */
  readonly opened: (ctx: RequestContext) => Loader<string, PersonalGoalRow>;

  constructor(
    private readonly database: Database,
    private readonly goals: PersonalGoalRepository,
    private readonly accessLog: AccessLog,
  ) {
    this.byId = this.shownAs('LISTED');
    this.opened = this.shownAs('OPENED');
  }

  /** The goals of people that the viewer may see. */
  readonly ofPerson = createPageLoader<PersonalGoalRow, PersonalGoalsArguments>(
    async (ctx, ownerIds, args) => {
      const pages = await this.database.read(ctx, (em) =>
        this.goals.findPagesByOwners(em, ctx.viewer?.personId ?? null, ownerIds, args),
      );
      return new Map(
        Array.from(pages, ([ownerId, page]) => [
          ownerId,
          page.map((goal) => this.accessLog.reveal(ctx, goal, 'LISTED')),
        ]),
      );
    },
  );

  /** Its words, by goal; null for a goal of somebody else. */
  readonly history = createLoader<string, PersonalGoalVersionRow[]>((ctx, goalIds) =>
    this.database.read(ctx, (em) => this.goals.findHistory(em, goalIds)),
  );

  /** Goals of others by an ACTIVE share with the viewer. */
  async sharedWithViewer(ctx: RequestContext, page: PageArguments): Promise<Page<PersonalGoalRow>> {
    const personId = ctx.viewer?.personId;
    if (typeof personId !== 'string') return Page.empty();
    const found = await this.database.read(ctx, (em) => this.goals.findPageSharedWith(em, personId, page));
    return found.map((goal) => this.accessLog.reveal(ctx, goal, 'LISTED'));
  }

  private shownAs(kind: AccessKind): (ctx: RequestContext) => Loader<string, PersonalGoalRow> {
    return createLoader(async (ctx, ids) => {
      const found = await this.database.read(ctx, (em) =>
        this.goals.findByIds(em, ctx.viewer?.personId ?? null, ids),
      );
      return new Map(Array.from(found, ([id, goal]) => [id, this.accessLog.reveal(ctx, goal, kind)]));
    });
  }
}
