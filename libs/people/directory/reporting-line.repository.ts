import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { RaisedCode, affected, raisedCode, row, rows, sql, type Sql } from '#db';
import type { ReportingLineKind } from './reporting-line.model.js';

/** A line as far as the viewer may see it. Days are inclusive; `lastDay` is null while none is visible. */
export interface ReportingLineRow {
  readonly id: string;
  readonly reportId: string;
  readonly managerId: string;
  readonly kind: ReportingLineKind;
  readonly startsOn: string;
  readonly lastDay: string | null;
}

export interface NewReportingLine {
  readonly organizationId: string;
  readonly reportId: string;
  readonly managerId: string;
  readonly kind: ReportingLineKind;
  readonly startsOn: string;
  readonly lastDay: string | null;
}

/**
 * The end `e` of a line `l`, as far as the viewer may see it: the earlier of the one set by hand and the one that follows from a
 * leaving. `e.ends_on` is the day after the last day.
 */
export const readableEnd: Sql = sql`left join lateral (
  select min(r.ends_on) as ends_on, min(r.ends_at) as ends_at from reporting_line_end r where r.line_id = l.id
) e on true`;

/** Whether a line `l` with its {@link readableEnd} is open now. */
export const openNow: Sql = sql`l.starts_at <= now() and (e.ends_at is null or e.ends_at > now())`;

const line = sql`l.id, l.report_id as "reportId", l.manager_id as "managerId", l.kind, l.starts_on as "startsOn",
  e.ends_on - 1 as "lastDay"`;

// reporting_line.ends_on is granted to nobody: reporting_line_end has separate policies (policies/12-reporting-lines.sql).
const lines = sql`reporting_line l ${readableEnd}`;

/** Reporting lines. A line that was removed before it began has its end on its first day, and is left out everywhere. */
@Injectable()
export class ReportingLineRepository {
  /**
   * Locks the reporting lines of the organization until the transaction ends. Must come before any lock on a person or line: the
   * triggers take the same lock with each change of a line, and the other order could deadlock.
   */
  async lock(em: EntityManager, organizationId: string): Promise<void> {
    await row(
      em,
      sql`select pg_advisory_xact_lock(hashtextextended('reporting_line:' || ${organizationId}, 0))`,
    );
  }

  /** All lines of these people as reports, newest first. */
  findByReports(em: EntityManager, reportIds: readonly string[]): Promise<ReportingLineRow[]> {
    return rows<ReportingLineRow>(
      em,
      sql`select ${line} from ${lines}
          where l.report_id = any(${reportIds}::uuid[]) and (e.ends_on is null or e.ends_on > l.starts_on)
          order by l.starts_on desc, l.kind, l.id`,
    );
  }

  /** The PRIMARY manager today of each of these people who has one. */
  findManagers(
    em: EntityManager,
    reportIds: readonly string[],
  ): Promise<{ reportId: string; managerId: string }[]> {
    return rows(
      em,
      sql`select l.report_id as "reportId", l.manager_id as "managerId" from ${lines}
          where l.report_id = any(${reportIds}::uuid[]) and l.kind = 'PRIMARY' and ${openNow}`,
    );
  }

  /** A person's lines of one kind that are open on a day or begin later, oldest first. */
  findFrom(
    em: EntityManager,
    reportId: string,
    kind: ReportingLineKind,
    day: string,
  ): Promise<ReportingLineRow[]> {
    return rows<ReportingLineRow>(
      em,
      sql`select ${line} from ${lines}
          where l.report_id = ${reportId} and l.kind = ${kind}
            and (l.starts_on >= ${day} or e.ends_on is null or e.ends_on > ${day})
          order by l.starts_on, l.id`,
    );
  }

  /** @throws REPORTING_LINE_CYCLE when lines would form a cycle (see {@link isReportingCycle}) */
  async add(em: EntityManager, added: NewReportingLine): Promise<void> {
    await affected(
      em,
      sql`insert into reporting_line (organization_id, report_id, manager_id, kind, starts_on, closed_on)
          values (${added.organizationId}, ${added.reportId}, ${added.managerId}, ${added.kind}, ${added.startsOn},
                  ${added.lastDay}::date + 1)`,
    );
  }

  /** Sets or, with null, removes the last day of a line. A leaving may end it earlier. */
  async setLastDay(em: EntityManager, id: string, lastDay: string | null): Promise<void> {
    await affected(em, sql`update reporting_line set closed_on = ${lastDay}::date + 1 where id = ${id}`);
  }

  /** Ends a line on the day before `day`. */
  async endBefore(em: EntityManager, id: string, day: string): Promise<void> {
    await affected(em, sql`update reporting_line set closed_on = ${day} where id = ${id}`);
  }

  /** Keeps lines to managers who have left from resuming on or after a day, should the manager return. */
  async closeThoseOfLeavers(em: EntityManager, reportId: string, day: string): Promise<void> {
    await row(em, sql`select app.close_reporting_lines_of_leavers(${reportId}, ${day})`);
  }

  /** Removes a line that has not begun. */
  async remove(em: EntityManager, id: string): Promise<void> {
    await affected(em, sql`delete from reporting_line where id = ${id}`);
  }
}

/** Whether the database refused a change because reporting lines would form a cycle. */
export function isReportingCycle(error: unknown): boolean {
  return raisedCode(error) === RaisedCode.REPORTING_LINE_CYCLE;
}
