import { Injectable } from '@nestjs/common';
import { Database, type PersonViewer, type Viewer } from '#db';
import { conflict, type Operation } from '#graphql';
import { AccessLogRepository, type Showing } from './access-log.repository.js';
import type { AccessKind } from './access-log.model.js';
import type { VisibilityBasis } from './personal-goal.model.js';
import { RecordedToday } from './recorded-today.js';

let uncover: <Row>(covered: Covered<Row>) => Row;

/**
 * A row of somebody's personal goal, or of a part of it, that nobody has been shown yet. {@link AccessLog.show} alone opens it:
 * so no road from the table to an answer can leave the access log out.
 */
export class Covered<Row> {
  readonly #row: Row;

  /**
   * @param goalId the goal that this shows something of
   * @param basis why the viewer can see that goal
   */
  constructor(
    row: Row,
    readonly goalId: string,
    readonly basis: VisibilityBasis,
  ) {
    this.#row = row;
  }

  static {
    uncover = (covered) => covered.#row;
  }
}

/** What an operation has shown so far. */
type Shown = Map<string, Set<AccessKind>>;

/**
 * Who was shown whose goal (domain.md, "Access log"): registered as rows are read, written once for the whole operation before
 * its answer leaves. If it cannot be written, there is no answer.
 *
 * Only SHARED goals count: reading one's own, or what somebody published to the organization, is not logged.
 */
@Injectable()
export class AccessLog {
  private readonly key = {};
  private readonly recorded = new RecordedToday();

  constructor(
    private readonly database: Database,
    private readonly accesses: AccessLogRepository,
  ) {}

  /**
   * The row, for the answer of `op`.
   *
   * @param kind OPENED: asked for by its id. PART: read through a goal that `op` shows anyway, so it adds nothing to how that
   * goal was shown; without that goal it counts as LISTED.
   */
  show<Row>(op: Operation, covered: Covered<Row>, kind: AccessKind | 'PART'): Row {
    if (covered.basis === 'SHARED_WITH_YOU') this.register(op, covered.goalId, kind);
    return uncover(covered);
  }

  private register(op: Operation, goalId: string, kind: AccessKind | 'PART'): void {
    const { viewer } = op;
    if (viewer === null || !isReader(viewer)) throw new Error('Goals of others are shown to people only.');
    // By session: an operation that signs in goes on as somebody else.
    const bySession = op.keep(this.key, () => new Map<string, Shown>());
    const shown: Shown = bySession.get(viewer.sessionId) ?? new Map<string, Set<AccessKind>>();
    bySession.set(viewer.sessionId, shown);
    const kinds = shown.get(goalId) ?? new Set<AccessKind>();
    shown.set(goalId, kinds);
    if (kind !== 'PART') kinds.add(kind);
    else if (kinds.size === 0) kinds.add('LISTED');
    op.beforeAnswer(`access log ${viewer.sessionId}`, () => this.write(viewer, shown));
  }

  /** @throws CONFLICT where a goal stopped being visible while it was read, so that this cannot be recorded */
  private async write(viewer: PersonViewer, shown: Shown): Promise<void> {
    const readerId = viewer.personId;
    const missing = Array.from(shown, ([goalId, kinds]) =>
      Array.from(kinds, (kind): Showing => ({ readerId, goalId, kind })),
    )
      .flat()
      .filter((showing) => !this.recorded.has(showing));
    if (missing.length === 0) return;
    const seen = await this.database.write(viewer, (em) => this.accesses.record(em, missing));
    if (seen.length < missing.length) {
      throw conflict('Something of this was taken back while it was read. Look again.');
    }
    for (const { secondsOfDay, logged, ...showing } of seen) {
      if (logged) this.recorded.add({ readerId, ...showing }, secondsOfDay);
    }
  }
}

function isReader(viewer: Viewer): viewer is PersonViewer {
  return viewer.personId !== null;
}
