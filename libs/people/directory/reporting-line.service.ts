import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Database, isUniqueViolation, type PersonContext } from '#db';
import { badInput, conflict, notFound } from '#graphql';
import { AuditTrail } from '../organization/audit.service.js';
import { requireRole } from '../organization/roles.js';
import type { PersonRow } from './person.entity.js';
import type { ChangeReportingLineInput } from './person.inputs.js';
import { PersonRepository } from './person.repository.js';
import { ReportingLineRepository, isCircle, type ReportingLineRow } from './reporting-line.repository.js';

/** Who reports to whom from a day on. */
@Injectable()
export class ReportingLineService {
  constructor(
    private readonly database: Database,
    private readonly people: PersonRepository,
    private readonly lines: ReportingLineRepository,
    private readonly trail: AuditTrail,
  ) {}

  /**
   * From a day on, a person reports to a manager (PRIMARY: to them instead of whoever it was; DOTTED: also to them). What was
   * planned for later than that day is taken back. The past is not changed: who managed whom on a day that is over
   * decides what may be read of that day.
   *
   * The audit trail calls it PERSON_CHANGED like any other change: an AUDITOR is not to learn what begins later.
   *
   * @throws NOT_PERMITTED, NOT_FOUND; BAD_USER_INPUT for a day before today, for oneself, for somebody who has left by then, and
   * where lines would form a circle; CONFLICT when somebody else changed the person's lines at the same moment
   */
  async change(ctx: PersonContext, input: ChangeReportingLineInput): Promise<PersonRow> {
    requireRole(ctx.viewer, 'PEOPLE_ADMIN');
    try {
      return await this.database.write(ctx, async (em) => {
        await this.people.keepImportsOut(em, ctx.viewer.organizationId);
        await this.lines.lock(em, ctx.viewer.organizationId);
        const person = await this.people.lock(em, input.personId);
        if (!person) throw notFound();
        const today = await this.people.today(em, ctx.viewer.organizationId);
        const from = input.from ?? today;
        if (from < today)
          throw badInput('input.from', `must be today (${today}) or later: the past stays as it was.`);
        const managerId = await this.managerFrom(em, person, input, from);
        if (input.kind === 'DOTTED') await this.dot(em, person, managerId, from, input.until ?? null, today);
        else await this.replacePrimary(em, person, managerId, from, today);
        await this.trail.record(em, ctx, 'PERSON_CHANGED', `Person ${person.id}`);
        return person;
      });
    } catch (error) {
      if (isCircle(error)) {
        throw badInput(
          'input.managerId',
          'reports to this person, directly or through others: the reporting lines would form a circle.',
        );
      }
      if (isUniqueViolation(error)) {
        throw conflict('Somebody changed the reporting lines of this person at the same moment. Try again.');
      }
      throw error;
    }
  }

  /** The manager to be, after looking whether both still work here on that day. */
  private async managerFrom(
    em: EntityManager,
    person: PersonRow,
    { managerId, kind, until }: ChangeReportingLineInput,
    from: string,
  ): Promise<string | null> {
    if (managerId === undefined || (managerId === null && kind === 'DOTTED')) {
      throw badInput('input.managerId', 'is needed.');
    }
    if (until != null && kind !== 'DOTTED') {
      throw badInput(
        'input.until',
        'is for a DOTTED line; a PRIMARY one ends with managerId null from that day.',
      );
    }
    if (managerId === null) return null;
    if (managerId === person.id) throw badInput('input.managerId', 'must be somebody else.');
    const [manager] = await this.people.findByIds(em, [managerId]);
    if (!manager) throw badInput('input.managerId', 'is the id of nobody here.');
    for (const { id, endedOn } of await this.people.findEnds(em, [person.id, manager.id])) {
      if (endedOn < from) {
        throw badInput(
          id === person.id ? 'input.personId' : 'input.managerId',
          `leaves before, on ${endedOn}.`,
        );
      }
    }
    return manager.id;
  }

  private async replacePrimary(
    em: EntityManager,
    person: PersonRow,
    managerId: string | null,
    from: string,
    today: string,
  ): Promise<void> {
    const { holding, later } = split(await this.lines.findFrom(em, person.id, 'PRIMARY', from), from, today);
    for (const line of later) await this.lines.remove(em, line.id);
    if (holding?.managerId === managerId) {
      await this.lines.close(em, holding.id, null);
      return;
    }
    if (holding) await this.lines.close(em, holding.id, from);
    if (managerId === null) await this.lines.closeThoseOfLeavers(em, person.id, from);
    else {
      await this.lines.add(em, {
        organizationId: person.organizationId,
        reportId: person.id,
        managerId,
        kind: 'PRIMARY',
        from,
        until: null,
      });
    }
  }

  private async dot(
    em: EntityManager,
    person: PersonRow,
    managerId: string | null,
    from: string,
    until: string | null,
    today: string,
  ): Promise<void> {
    if (managerId === null) throw badInput('input.managerId', 'is needed.');
    const lines = await this.lines.findFrom(em, person.id, 'DOTTED', from);
    const { holding, later } = split(
      lines.filter((line) => line.managerId === managerId),
      from,
      today,
    );
    // A line that holds may end on the very day; one that is to begin needs a day at least.
    if (until !== null && (until < from || (until === from && !holding))) {
      throw badInput('input.until', `must be after ${from}.`);
    }
    for (const line of later) await this.lines.remove(em, line.id);
    if (holding) await this.lines.close(em, holding.id, until);
    else {
      await this.lines.add(em, {
        organizationId: person.organizationId,
        reportId: person.id,
        managerId,
        kind: 'DOTTED',
        from,
        until,
      });
    }
  }
}

/** The line that holds on a day already, and those planned to begin on it or later. */
function split(
  lines: readonly ReportingLineRow[],
  from: string,
  today: string,
): { holding: ReportingLineRow | undefined; later: ReportingLineRow[] } {
  const later = lines.filter((line) => line.from >= from && line.from > today);
  const holding = lines.find(
    (line) => !later.includes(line) && line.from <= from && (line.until === null || line.until > from),
  );
  return { holding, later };
}
