import { Injectable } from '@nestjs/common';
import { Database, type PersonContext } from '#db';
import { conflict, type RequestContext } from '#graphql';
import type { PersonViewer, Viewer } from '#identity';
import type { VisibilityBasis } from '../personal-goals/personal-goal.model.js';
import { AccessLogRepository, type Showing } from './access-log.repository.js';
import type { AccessKind } from './access-log.model.js';
import { RecordedAccess } from './recorded-access.js';

/** How a goal is shown to the viewer. */
export interface Shown {
  readonly basis: VisibilityBasis;
  /** The day that it was for the owner when it was read; null where that is not logged. */
  readonly shownOn: string | null;
}

let uncover: <Row>(covered: Covered<Row>) => Row;

/**
 * A row of somebody's personal goal, or of a part of it, that nobody has been shown yet. {@link AccessLog.show} alone opens it:
 * so no road from the table to an answer can leave the access log out.
 */
export class Covered<Row> {
  readonly #row: Row;

  /**
   * @param goalId the goal that this shows something of
   * @param shown why the viewer can see that goal, and when they did
   */
  constructor(
    row: Row,
    readonly goalId: string,
    readonly shown: Shown,
  ) {
    this.#row = row;
  }

  static {
    uncover = (covered) => covered.#row;
  }
}

/** What an operation has shown of a goal so far. */
interface ShownGoal {
  readonly kinds: Set<AccessKind>;
  /** The latest day on which it was read: the owner may have moved while the operation went on. */
  day: string;
}

/** By goal. */
type ShownGoals = Map<string, ShownGoal>;

/**
 * Who was shown whose goal (domain.md, "Access log"): registered as rows are read, written once for the whole operation before
 * its answer leaves. If it cannot be written, there is no answer.
 *
 * Only SHARED goals count: reading one's own, or what somebody published to the organization, is not logged.
 */
@Injectable()
export class AccessLog {
  private readonly key = {};
  private readonly recorded = new RecordedAccess();

  constructor(
    private readonly database: Database,
    private readonly accesses: AccessLogRepository,
  ) {}

  /**
   * The row, for the answer to this request.
   *
   * @param kind OPENED: asked for by its id. PART: read through a goal that the request shows anyway, so it adds nothing to how that
   * goal was shown; without that goal it counts as LISTED.
   */
  show<Row>(ctx: RequestContext, covered: Covered<Row>, kind: AccessKind | 'PART'): Row {
    const { basis, shownOn } = covered.shown;
    if (basis === 'SHARED_WITH_YOU') this.register(ctx, covered.goalId, shownOn, kind);
    return uncover(covered);
  }

  private register(ctx: RequestContext, goalId: string, day: string | null, kind: AccessKind | 'PART'): void {
    const { viewer } = ctx;
    if (viewer === null || !isReader(viewer)) throw new Error('Goals of others are shown to people only.');
    if (day === null) throw new Error('A goal that is shared was read without its owner’s day.');
    // By session: an operation that signs in goes on as somebody else.
    const bySession = ctx.keep(this.key, () => new Map<string, ShownGoals>());
    const shown: ShownGoals = bySession.get(viewer.sessionId) ?? new Map<string, ShownGoal>();
    bySession.set(viewer.sessionId, shown);
    const goal = shown.get(goalId) ?? { kinds: new Set<AccessKind>(), day };
    shown.set(goalId, goal);
    if (day > goal.day) goal.day = day;
    const { kinds } = goal;
    if (kind !== 'PART') kinds.add(kind);
    else if (kinds.size === 0) kinds.add('LISTED');
    ctx.beforeAnswer(`access log ${viewer.sessionId}`, () => this.write({ viewer }, shown));
  }

  /** @throws CONFLICT where a goal stopped being visible while it was read, so that this cannot be recorded */
  private async write(ctx: PersonContext, shown: ShownGoals): Promise<void> {
    const readerId = ctx.viewer.personId;
    const missing = Array.from(shown, ([goalId, { kinds, day }]) =>
      Array.from(kinds, (kind): Showing => ({ readerId, goalId, kind, day })),
    )
      .flat()
      .filter((showing) => !this.recorded.has(showing));
    if (missing.length === 0) return;
    const seen = await this.database.write(ctx, (em) => this.accesses.record(em, missing));
    if (seen.length < missing.length) {
      throw conflict('Something of this was taken back while it was read. Look again.');
    }
    for (const { logged, ...showing } of seen) {
      if (logged) this.recorded.add({ readerId, ...showing });
    }
  }
}

function isReader(viewer: Viewer): viewer is PersonViewer {
  return viewer.personId !== null;
}
