import { Injectable } from '@nestjs/common';
import { Database, type PersonContext } from '#db';
import { conflict, type RequestContext } from '#graphql';
import type { PersonViewer, Viewer } from '#identity';
import { AccessLogRepository, type GoalRead } from './access-log.repository.js';
import type { AccessKind } from './access-log.model.js';
import type { GoalAccess } from './goal-access.js';
import { RecordedAccessCache } from './recorded-access.cache.js';

let rowOf: <Row>(unlogged: UnloggedRow<Row>) => Row;

/**
 * A row of a personal goal, or of a part of it, whose read is not registered in the access log yet. Only {@link AccessLog.reveal}
 * returns the row inside, so code that reads goals without logging does not compile.
 */
export class UnloggedRow<Row> {
  readonly #row: Row;

  /** @param goalId the personal goal that the row belongs to */
  constructor(
    row: Row,
    readonly goalId: string,
    readonly access: GoalAccess,
  ) {
    this.#row = row;
  }

  static {
    rowOf = (unlogged) => unlogged.#row;
  }
}

/** How the operation has read a goal so far. */
interface GoalReads {
  readonly kinds: Set<AccessKind>;
  /** The latest day seen for the owner, whose time zone may change while the operation runs. */
  day: string;
}

/** By goal ID. */
type ReadsByGoal = Map<string, GoalReads>;

/**
 * The access log (docs/domain.md): registers goals as their rows are read, and writes the entries of an operation in one statement
 * before its response is sent. If they cannot be written, the operation fails.
 *
 * Reads of the viewer's own goals and of goals published to the organization are not logged.
 */
@Injectable()
export class AccessLog {
  private readonly key = {};
  private readonly recorded = new RecordedAccessCache();

  constructor(
    private readonly database: Database,
    private readonly accesses: AccessLogRepository,
  ) {}

  /**
   * Registers the read and returns the row.
   *
   * @param kind OPENED: requested by ID. PART: a part of a goal that the operation returns as well, which adds no kind;
   * if the operation does not return the goal, it counts as LISTED.
   */
  reveal<Row>(ctx: RequestContext, unlogged: UnloggedRow<Row>, kind: AccessKind | 'PART'): Row {
    const { basis, accessDay } = unlogged.access;
    if (basis === 'SHARED_BY_NAME') this.register(ctx, unlogged.goalId, accessDay, kind);
    return rowOf(unlogged);
  }

  private register(ctx: RequestContext, goalId: string, day: string | null, kind: AccessKind | 'PART'): void {
    const { viewer } = ctx;
    if (viewer === null || !isPerson(viewer))
      throw new Error('Only people can read goals that others share.');
    if (day === null) throw new Error('A shared goal was read without the day in its owner’s time zone.');
    // By session, because the viewer changes when an operation signs in.
    const bySession = ctx.getOrCreate(this.key, () => new Map<string, ReadsByGoal>());
    const byGoal: ReadsByGoal = bySession.get(viewer.sessionId) ?? new Map<string, GoalReads>();
    bySession.set(viewer.sessionId, byGoal);
    const reads = byGoal.get(goalId) ?? { kinds: new Set<AccessKind>(), day };
    byGoal.set(goalId, reads);
    if (day > reads.day) reads.day = day;
    const { kinds } = reads;
    if (kind !== 'PART') kinds.add(kind);
    else if (kinds.size === 0) kinds.add('LISTED');
    ctx.beforeResponse(`access log ${viewer.sessionId}`, () => this.write({ viewer }, byGoal));
  }

  /** @throws CONFLICT if a goal is no longer visible, so that its read cannot be logged */
  private async write(ctx: PersonContext, byGoal: ReadsByGoal): Promise<void> {
    const readerId = ctx.viewer.personId;
    const unrecorded = Array.from(byGoal, ([goalId, { kinds, day }]) =>
      Array.from(kinds, (kind): GoalRead => ({ readerId, goalId, kind, day })),
    )
      .flat()
      .filter((read) => !this.recorded.has(read));
    if (unrecorded.length === 0) return;
    const visible = await this.database.write(ctx, (em) => this.accesses.record(em, unrecorded));
    if (visible.length < unrecorded.length) {
      throw conflict('A share ended while its goal was being read. Try again.');
    }
    for (const { isLogged, ...read } of visible) {
      if (isLogged) this.recorded.add({ readerId, ...read });
    }
  }
}

function isPerson(viewer: Viewer): viewer is PersonViewer {
  return viewer.personId !== null;
}
