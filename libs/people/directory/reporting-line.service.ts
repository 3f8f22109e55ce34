import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Database, isUniqueViolation, type PersonContext } from '#db';
import { assertNoFaults, badInput, conflict, notFound, type InputFault } from '#graphql';
import { AuditTrail } from '../organization/audit.service.js';
import { requireRole } from '../organization/role.rules.js';
import type { PersonRow } from './person.entity.js';
import { PersonRepository } from './person.repository.js';
import type { ChangeReportingLineInput } from './reporting-line.inputs.js';
import { ReportingLineRepository, isReportingCycle } from './reporting-line.repository.js';
import { dayAfter, splitLines } from './reporting-line.rules.js';

@Injectable()
export class ReportingLineService {
  constructor(
    private readonly database: Database,
    private readonly people: PersonRepository,
    private readonly lines: ReportingLineRepository,
    private readonly trail: AuditTrail,
  ) {}

  /**
   * From a day on, a person reports to a manager: with a PRIMARY line in place of the former one, with a DOTTED line additionally.
   * Lines planned for later than that day are removed. The past is not changed, because who managed whom on a past day decides what
   * may be read about that day.
   *
   * The audit entry is PERSON_CHANGED like any other change, so that an AUDITOR does not learn what begins later.
   *
   * @throws NOT_PERMITTED; NOT_FOUND; BAD_USER_INPUT for a day before today, for oneself, for a person who has left by then, and
   * for lines that would form a cycle; CONFLICT when the person's lines were changed at the same time
   */
  async change(ctx: PersonContext, input: ChangeReportingLineInput): Promise<PersonRow> {
    requireRole(ctx.viewer, 'PEOPLE_ADMIN');
    try {
      return await this.database.write(ctx, async (em) => {
        await this.people.keepImportsOut(em, ctx.viewer.organizationId);
        await this.lines.lock(em, ctx.viewer.organizationId);
        const person = await this.people.lock(em, input.id);
        if (!person) throw notFound();
        const today = await this.people.today(em, ctx.viewer.organizationId);
        const startsOn = input.startsOn ?? today;
        if (startsOn < today)
          throw badInput(
            'input.startsOn',
            `must be today (${today}) or later, because past reporting lines cannot be changed.`,
            'OUT_OF_RANGE',
          );
        const managerId = await this.managerFrom(em, person, input, startsOn);
        if (input.kind === 'DOTTED')
          await this.setDotted(em, person, managerId, { startsOn, lastDay: input.lastDay ?? null, today });
        else await this.replacePrimary(em, person, managerId, { startsOn, today });
        await this.trail.record(em, ctx, 'PERSON_CHANGED', { type: 'Person', id: person.id });
        return person;
      });
    } catch (error) {
      if (isReportingCycle(error)) {
        throw badInput('input.managerId', 'must not report to this person, directly or through others.');
      }
      if (isUniqueViolation(error)) {
        throw conflict("The person's reporting lines were changed at the same time. Try again.");
      }
      throw error;
    }
  }

  /** Adds the PRIMARY line of a person who was just created, from today on. @throws BAD_USER_INPUT for `input.managerId` */
  async addFirst(em: EntityManager, person: PersonRow, managerId: string): Promise<void> {
    const startsOn = await this.people.today(em, person.organizationId);
    await this.requireEmployed(em, [{ id: managerId, path: 'input.managerId' }], startsOn);
    await this.lines.add(em, {
      organizationId: person.organizationId,
      reportId: person.id,
      managerId,
      kind: 'PRIMARY',
      startsOn,
      lastDay: null,
    });
  }

  /** The new manager, after checking that both are employed on the first day. */
  private async managerFrom(
    em: EntityManager,
    person: PersonRow,
    { managerId, kind, lastDay }: ChangeReportingLineInput,
    startsOn: string,
  ): Promise<string | null> {
    const faults: InputFault[] = [];
    if (managerId === undefined)
      faults.push({
        path: 'input.managerId',
        message: 'is required; pass null for no manager.',
        code: 'REQUIRED',
      });
    if (managerId === null && kind === 'DOTTED')
      faults.push({ path: 'input.managerId', message: 'is required for a DOTTED line.', code: 'REQUIRED' });
    if (lastDay != null && kind !== 'DOTTED')
      faults.push({
        path: 'input.lastDay',
        message:
          'is for DOTTED lines: to end a PRIMARY line, pass null as managerId and the day after its last day as startsOn.',
      });
    assertNoFaults(faults);
    if (managerId == null) return null;
    if (managerId === person.id) throw badInput('input.managerId', 'Choose a manager other than the person.');
    await this.requireEmployed(
      em,
      [
        { id: managerId, path: 'input.managerId' },
        { id: person.id, path: 'input.id' },
      ],
      startsOn,
    );
    return managerId;
  }

  private async requireEmployed(
    em: EntityManager,
    people: readonly { readonly id: string; readonly path: string }[],
    day: string,
  ): Promise<void> {
    const ids = people.map(({ id }) => id);
    const found = new Set((await this.people.findByIds(em, ids)).map(({ id }) => id));
    const ends = new Map((await this.people.findEnds(em, ids)).map(({ id, leftOn }) => [id, leftOn]));
    const faults = people.flatMap(({ id, path }): InputFault[] => {
      if (!found.has(id))
        return [{ path, message: 'No person with this ID exists in your organization.', code: 'NOT_FOUND' }];
      const leftOn = ends.get(id);
      return leftOn !== undefined && leftOn < day
        ? [{ path, message: `leaves before that day, on ${leftOn}.` }]
        : [];
    });
    assertNoFaults(faults);
  }

  private async replacePrimary(
    em: EntityManager,
    person: PersonRow,
    managerId: string | null,
    { startsOn, today }: { readonly startsOn: string; readonly today: string },
  ): Promise<void> {
    const existing = await this.lines.findFrom(em, person.id, 'PRIMARY', startsOn);
    const { open, planned } = splitLines(existing, startsOn, today);
    for (const line of planned) await this.lines.remove(em, line.id);
    if (open?.managerId === managerId) {
      await this.lines.setLastDay(em, open.id, null);
      return;
    }
    if (open) await this.lines.endBefore(em, open.id, startsOn);
    if (managerId === null) await this.lines.closeThoseOfLeavers(em, person.id, startsOn);
    else {
      await this.lines.add(em, {
        organizationId: person.organizationId,
        reportId: person.id,
        managerId,
        kind: 'PRIMARY',
        startsOn,
        lastDay: null,
      });
    }
  }

  private async setDotted(
    em: EntityManager,
    person: PersonRow,
    managerId: string | null,
    {
      startsOn,
      lastDay,
      today,
    }: { readonly startsOn: string; readonly lastDay: string | null; readonly today: string },
  ): Promise<void> {
    if (managerId === null) throw badInput('input.managerId', 'is required for a DOTTED line.', 'REQUIRED');
    const existing = await this.lines.findFrom(em, person.id, 'DOTTED', startsOn);
    const { open, planned } = splitLines(
      existing.filter((line) => line.managerId === managerId),
      startsOn,
      today,
    );
    const isEndedAtOnce = lastDay !== null && lastDay < startsOn;
    if (isEndedAtOnce && !(open && dayAfter(lastDay) === startsOn)) {
      throw badInput('input.lastDay', `must not be before ${startsOn}.`, 'OUT_OF_RANGE');
    }
    for (const line of planned) await this.lines.remove(em, line.id);
    if (open) await this.lines.setLastDay(em, open.id, lastDay);
    else {
      await this.lines.add(em, {
        organizationId: person.organizationId,
        reportId: person.id,
        managerId,
        kind: 'DOTTED',
        startsOn,
        lastDay,
      });
    }
  }
}
