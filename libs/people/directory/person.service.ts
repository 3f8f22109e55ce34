import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Database, isUniqueViolation, type PersonContext, valuesOf, type ViewerContext } from '#db';
import { badInput, notFound, notPermitted, type Page } from '#graphql';
import { AuditTrail } from '../organization/audit.service.js';
import { refuseLastAdministrator, requireRole } from '../organization/role.rules.js';
import {
  DepartmentRepository,
  LocationRepository,
  type NamedRepository,
} from './department-location.repository.js';
import { PersonEntity, type PersonRow } from './person.entity.js';
import type {
  CreatePersonInput,
  EndEmploymentInput,
  UpdateMyProfileInput,
  UpdatePersonInput,
} from './person.inputs.js';
import { PersonRepository, type PeopleFilter, type PersonValues } from './person.repository.js';
import { ReportingLineRepository, isReportingCycle } from './reporting-line.repository.js';
import { ReportingLineService } from './reporting-line.service.js';

@Injectable()
export class PersonService {
  constructor(
    private readonly database: Database,
    private readonly people: PersonRepository,
    private readonly departments: DepartmentRepository,
    private readonly locations: LocationRepository,
    private readonly lines: ReportingLineRepository,
    private readonly reporting: ReportingLineService,
    private readonly trail: AuditTrail,
  ) {}

  /** @throws NOT_PERMITTED for a filter by account without PEOPLE_ADMIN; BAD_USER_INPUT for filters that exclude each other */
  page(ctx: ViewerContext, filter: PeopleFilter): Promise<Page<PersonRow>> {
    if (filter.account) requireRole(ctx.viewer, 'PEOPLE_ADMIN');
    if (filter.managerId && filter.withoutManager)
      throw badInput('withoutManager', 'Use either managerId or withoutManager.', 'NOT_ALLOWED');
    return this.database.read(ctx, (em) => this.people.findPage(em, filter));
  }

  /** @throws NOT_PERMITTED; BAD_USER_INPUT for an e-mail address or external ID of another person, and for an unknown manager */
  create(ctx: PersonContext, input: CreatePersonInput): Promise<PersonRow> {
    requireRole(ctx.viewer, 'PEOPLE_ADMIN');
    const { organizationId } = ctx.viewer;
    return this.writeUnique(ctx, async (em) => {
      await this.people.keepImportsOut(em, organizationId);
      if (input.managerId != null) await this.lines.lock(em, organizationId);
      const values = await this.valuesFrom(em, ctx, input);
      await this.refuseSimilarId(em, null, input);
      const id = await this.people.create(em, organizationId, values);
      const person = await this.read(em, id);
      if (input.managerId != null) await this.reporting.addFirst(em, person, input.managerId);
      await this.trail.record(em, ctx, 'PERSON_CREATED', { type: 'Person', id });
      return person;
    });
  }

  /** @throws NOT_PERMITTED; NOT_FOUND; BAD_USER_INPUT as {@link create}, and for a first day after the last one */
  update(ctx: PersonContext, input: UpdatePersonInput): Promise<PersonRow> {
    requireRole(ctx.viewer, 'PEOPLE_ADMIN');
    if (input.name === null) throw badInput('input.name', 'cannot be cleared.', 'REQUIRED');
    return this.writeUnique(ctx, async (em) => {
      await this.people.keepImportsOut(em, ctx.viewer.organizationId);
      const before = await this.people.lock(em, input.id);
      if (!before) throw notFound();
      const { id } = before;
      const values = await this.valuesFrom(em, ctx, input);
      await this.refuseSimilarId(em, id, input);
      const [end] = await this.people.findEnds(em, [id]);
      if (end && values.hiredOn != null && values.hiredOn > end.leftOn) {
        throw badInput(
          'input.hiredOn',
          `must not be after the last day of employment, ${end.leftOn}.`,
          'OUT_OF_RANGE',
        );
      }
      await this.people.update(em, id, values);
      await this.trail.record(em, ctx, 'PERSON_CHANGED', { type: 'Person', id });
      return this.read(em, id);
    });
  }

  /** When the viewer's access ends; null while they are employed. */
  async accessEndsAt(ctx: PersonContext): Promise<Date | null> {
    // Every page of the client asks for it.
    if (ctx.viewer.employed) return null;
    return this.database.read(ctx, (em) => this.people.findAccessEnd(em));
  }

  async updateProfile(
    ctx: PersonContext,
    { timeZone, remindersByMail }: UpdateMyProfileInput,
  ): Promise<PersonRow> {
    const self = { id: ctx.viewer.personId, organizationId: ctx.viewer.organizationId };
    return this.database.write(ctx, async (em) => {
      if (timeZone != null) await this.people.setTimeZone(em, self, timeZone);
      if (remindersByMail != null) await this.people.setRemindersByMail(em, self, remindersByMail);
      return this.read(em, self.id);
    });
  }

  /**
   * Sets or removes the last day of a person's employment. Their reporting lines, on either side, end with it; when it is removed,
   * they are what they were before.
   *
   * The audit entry is PERSON_CHANGED like any other change, so that an AUDITOR does not learn of a future leaving.
   *
   * @throws NOT_PERMITTED; NOT_FOUND; BAD_USER_INPUT for a last day before the first, for the viewer's own in the past, and where
   * resumed lines would form a cycle; CONFLICT for the last ORGANIZATION_ADMIN
   */
  async endEmployment(ctx: PersonContext, input: EndEmploymentInput): Promise<PersonRow> {
    requireRole(ctx.viewer, 'PEOPLE_ADMIN');
    const { id, leftOn } = input;
    if (leftOn === undefined) {
      throw badInput('input.leftOn', 'is required; pass null to remove the last day.', 'REQUIRED');
    }
    const changing = this.database.write(ctx, async (em) => {
      await this.people.keepImportsOut(em, ctx.viewer.organizationId);
      await this.lines.lock(em, ctx.viewer.organizationId);
      const person = await this.people.lock(em, id);
      if (!person) throw notFound();
      if (leftOn === null) {
        await this.people.removeEnd(em, person.id);
      } else {
        if (person.hiredOn !== null && leftOn < person.hiredOn) {
          throw badInput(
            'input.leftOn',
            `must not be before the first day of employment, ${person.hiredOn}.`,
            'OUT_OF_RANGE',
          );
        }
        // A viewer who has left may do nothing more: the change would not be audited, and would not end the lines.
        if (
          person.id === ctx.viewer.personId &&
          leftOn < (await this.people.today(em, ctx.viewer.organizationId))
        ) {
          throw badInput(
            'input.leftOn',
            'must not be in the past for yourself: ask another PEOPLE_ADMIN to set it.',
            'OUT_OF_RANGE',
          );
        }
        await this.people.setEnd(em, person, leftOn);
      }
      await this.trail.record(em, ctx, 'PERSON_CHANGED', { type: 'Person', id: person.id });
      return person;
    });
    return changing.catch((error: unknown) => {
      if (!isReportingCycle(error)) refuseLastAdministrator(error);
      throw badInput(
        'input.leftOn',
        'would resume reporting lines that form a cycle with later ones: change those first.',
      );
    });
  }

  private async read(em: EntityManager, id: string): Promise<PersonRow> {
    const [person] = await this.people.findByIds(em, [id]);
    if (!person) throw notFound();
    return person;
  }

  private async writeUnique<T>(ctx: ViewerContext, work: (em: EntityManager) => Promise<T>): Promise<T> {
    try {
      return await this.database.write(ctx, work);
    } catch (error) {
      if (isUniqueViolation(error, 'person_email_key')) {
        throw badInput('input.email', 'belongs to another person in the directory.', 'TAKEN');
      }
      if (isUniqueViolation(error, 'person_external_id_key')) {
        throw badInput('input.externalId', 'belongs to another person.', 'TAKEN');
      }
      throw error;
    }
  }

  /** The rule of imports for IDs that a spreadsheet changed: 42 and 00042 are probably one person. */
  private async refuseSimilarId(
    em: EntityManager,
    personId: string | null,
    { externalId, allowSimilarIds }: CreatePersonInput | UpdatePersonInput,
  ): Promise<void> {
    if (externalId == null || allowSimilarIds === true) return;
    const similar = await this.people.findSimilarExternalId(em, externalId, personId);
    if (!similar) return;
    throw badInput(
      'input.externalId',
      `is similar to "${similar.externalId}" of ${similar.name}, probably the same person: correct it, or set allowSimilarIds to true.`,
    );
  }

  /** The columns to write: a property that is undefined is not changed, null clears it. */
  private async valuesFrom(
    em: EntityManager,
    ctx: ViewerContext,
    input: CreatePersonInput | UpdatePersonInput,
  ): Promise<PersonValues> {
    return {
      ...valuesOf(PersonEntity, input),
      departmentId: await this.placeFrom(em, ctx, this.departments, {
        noun: 'department',
        id: input.departmentId,
        name: input.department,
      }),
      locationId: await this.placeFrom(em, ctx, this.locations, {
        noun: 'location',
        id: input.locationId,
        name: input.location,
      }),
    };
  }

  /** The ID of a department or location that an input names by ID or by name; null for none, undefined where it names none. */
  private async placeFrom(
    em: EntityManager,
    ctx: ViewerContext,
    repository: NamedRepository,
    { noun, id, name }: { noun: string; id: string | null | undefined; name: string | null | undefined },
  ): Promise<string | null | undefined> {
    if (id != null && name != null)
      throw badInput(`input.${noun}`, `cannot be combined with ${noun}Id.`, 'NOT_ALLOWED');
    if (id != null) {
      const [found] = await repository.findByIds(em, [id]);
      if (!found)
        throw badInput(
          `input.${noun}Id`,
          `No ${noun} with this ID exists in your organization.`,
          'NOT_FOUND',
        );
      return found.id;
    }
    if (name != null) {
      const found = await repository.findOrCreate(em, ctx.viewer.organizationId, name);
      if (!found) throw notPermitted();
      return found.id;
    }
    return id === null || name === null ? null : undefined;
  }
}
