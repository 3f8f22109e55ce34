import { Injectable } from '@nestjs/common';
import { Database } from '#db';
import { operationLoader, Page, pageLoader, type Loader, type Operation, type PageArguments } from '#graphql';
import { AccessLog } from './access-log.js';
import type { AccessKind } from './access-log.model.js';
import type { PersonalGoalRow, PersonalGoalVersionRow } from './personal-goal.entity.js';
import { PersonalGoalRepository, type PersonalGoalsArguments } from './personal-goal.repository.js';

/** Personal goals as the viewer may see them. What it gives is in the access log before the answer leaves. */
@Injectable()
export class PersonalGoalLoader {
  /** For a goal beside something else: logged as LISTED. Null for what the viewer may not see. */
  readonly byId: (op: Operation) => Loader<string, PersonalGoalRow>;
  /** For a goal that was asked for by its id: logged as OPENED. */
  readonly opened: (op: Operation) => Loader<string, PersonalGoalRow>;

  constructor(
    private readonly database: Database,
    private readonly goals: PersonalGoalRepository,
    private readonly accessLog: AccessLog,
  ) {
    this.byId = this.shownAs('LISTED');
    this.opened = this.shownAs('OPENED');
  }

  /** The goals of people that the viewer may see. */
  readonly ofPerson = pageLoader<PersonalGoalRow, PersonalGoalsArguments>(
    async (viewer, ownerIds, args, op) => {
      const pages = await this.database.read(viewer, (em) =>
        this.goals.findPagesByOwners(em, viewer?.personId ?? null, ownerIds, args),
      );
      return new Map(
        Array.from(pages, ([ownerId, page]) => [
          ownerId,
          page.map((goal) => this.accessLog.show(op, goal, 'LISTED')),
        ]),
      );
    },
  );

  /** Its words, by goal; null for a goal of somebody else. */
  readonly history = operationLoader<string, PersonalGoalVersionRow[]>((viewer, goalIds) =>
    this.database.read(viewer, (em) => this.goals.findHistory(em, goalIds)),
  );

  /** Goals of others by an ACTIVE share with the viewer. */
  async sharedWithViewer(op: Operation, page: PageArguments): Promise<Page<PersonalGoalRow>> {
    const personId = op.viewer?.personId;
    if (typeof personId !== 'string') return Page.empty();
    const found = await this.database.read(op.viewer, (em) =>
      this.goals.findPageSharedWith(em, personId, page),
    );
    return found.map((goal) => this.accessLog.show(op, goal, 'LISTED'));
  }

  private shownAs(kind: AccessKind): (op: Operation) => Loader<string, PersonalGoalRow> {
    return operationLoader(async (viewer, ids, op) => {
      const found = await this.database.read(viewer, (em) =>
        this.goals.findByIds(em, viewer?.personId ?? null, ids),
      );
      return new Map(Array.from(found, ([id, goal]) => [id, this.accessLog.show(op, goal, kind)]));
    });
  }
}
