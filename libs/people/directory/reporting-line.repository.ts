import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { RaisedCode, affected, raisedCode, row, rows, sql, type Sql } from '#db';
import type { ReportingLineKind } from './reporting-line.model.js';

/** A line as the viewer may know it: an end in the future may be hidden from them. */
export interface ReportingLineRow {
  readonly id: string;
  readonly reportId: string;
  readonly managerId: string;
  readonly kind: ReportingLineKind;
  readonly from: string;
  readonly until: string | null;
}

/** What somebody's line is to be. */
export interface NewLine {
  readonly organizationId: string;
  readonly reportId: string;
  readonly managerId: string;
  readonly kind: ReportingLineKind;
  readonly from: string;
  readonly until: string | null;
}

/** The end `e` of a line `l`, as far as the viewer may know it: of one that is closed and one that comes with a leaving, the earlier. */
export const readableEnd: Sql = sql`left join lateral (
  select min(r.ends_on) as ends_on, min(r.ends_at) as ends_at from reporting_line_end r where r.line_id = l.id
) e on true`;

/** For a line `l` with its {@link readableEnd}: that it holds now. */
export const openNow: Sql = sql`l.starts_at <= now() and (e.ends_at is null or e.ends_at > now())`;

const line = sql`l.id, l.report_id as "reportId", l.manager_id as "managerId", l.kind, l.starts_on as "from", e.ends_on as "until"`;

// Where a line ends is read from its copy: the law shows it to fewer people than the line (policies/).
const lines = sql`reporting_line l ${readableEnd}`;

/** Who reports to whom, and when. Lines that were taken back before they began (until = from) never were. */
@Injectable()
export class ReportingLineRepository {
  /**
   * Has others who change reporting lines here wait until this transaction ends. Taken before any person or line is held: the
   * database takes it with every change of a line, when it may be too late for not waiting for each other.
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

  /** The manager of today of each of these people who has one. */
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

  /** A person's lines of one kind that hold on a day or begin later, oldest first. */
  findFrom(
    em: EntityManager,
    reportId: string,
    kind: ReportingLineKind,
    from: string,
  ): Promise<ReportingLineRow[]> {
    return rows<ReportingLineRow>(
      em,
      sql`select ${line} from ${lines}
          where l.report_id = ${reportId} and l.kind = ${kind}
            and (l.starts_on >= ${from} or e.ends_on is null or e.ends_on > ${from})
          order by l.starts_on, l.id`,
    );
  }

  /** @throws RaisedCode.REPORTING_LINE_CYCLE (see {@link isCircle}) */
  async add(em: EntityManager, added: NewLine): Promise<void> {
    await affected(
      em,
      sql`insert into reporting_line (organization_id, report_id, manager_id, kind, starts_on, closed_on)
          values (${added.organizationId}, ${added.reportId}, ${added.managerId}, ${added.kind}, ${added.from}, ${added.until})`,
    );
  }

  /** Lets a line end on a day, or be open again. Where somebody leaves earlier, it ends then. */
  async close(em: EntityManager, id: string, until: string | null): Promise<void> {
    await affected(em, sql`update reporting_line set closed_on = ${until} where id = ${id}`);
  }

  /** From a day on somebody reports to nobody, also if a manager returns who has left. */
  async closeThoseOfLeavers(em: EntityManager, reportId: string, from: string): Promise<void> {
    await row(em, sql`select app.close_reporting_lines_of_leavers(${reportId}, ${from})`);
  }

  /** Takes back a line that has not begun. */
  async remove(em: EntityManager, id: string): Promise<void> {
    await affected(em, sql`delete from reporting_line where id = ${id}`);
  }
}

/** Whether the database refused a line because lines would form a circle. */
export function isCircle(error: unknown): boolean {
  return raisedCode(error) === RaisedCode.REPORTING_LINE_CYCLE;
}
