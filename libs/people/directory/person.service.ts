import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Database, isUniqueViolation, type PersonContext, type ViewerContext } from '#db';
import { badInput, notFound, type Page } from '#graphql';
import { AuditTrail } from '../organization/audit.service.js';
import { refuseLastAdministrator, requireRole } from '../organization/roles.js';
import { DepartmentRepository } from './department.repository.js';
import { LocationRepository } from './location.repository.js';
import type { NamedRepository, NamedRow } from './named.repository.js';
import type { PersonRow } from './person.entity.js';
import type { CreatePersonInput, EndEmploymentInput, UpdatePersonInput } from './person.inputs.js';
import { PersonRepository, type PeopleFilter, type PersonValues } from './person.repository.js';
import { ReportingLineRepository, isCircle } from './reporting-line.repository.js';

/** The directory, and what PEOPLE_ADMIN changes in it. */
@Injectable()
export class PersonService {
  constructor(
    private readonly database: Database,
    private readonly people: PersonRepository,
    private readonly departments: DepartmentRepository,
    private readonly locations: LocationRepository,
    private readonly lines: ReportingLineRepository,
    private readonly trail: AuditTrail,
  ) {}

  page(ctx: ViewerContext, filter: PeopleFilter): Promise<Page<PersonRow>> {
    return this.database.read(ctx, (em) => this.people.findPage(em, filter));
  }

  /** @throws NOT_PERMITTED; BAD_USER_INPUT for an e-mail or external id that somebody else has */
  create(ctx: PersonContext, input: CreatePersonInput): Promise<PersonRow> {
    requireRole(ctx.viewer, 'PEOPLE_ADMIN');
    return this.writeUnique(ctx, async (em) => {
      const nothing = {
        name: '',
        email: null,
        title: null,
        departmentId: null,
        locationId: null,
        externalId: null,
        startedOn: null,
      };
      await this.people.keepImportsOut(em, ctx.viewer.organizationId);
      const values = await this.merge(em, ctx, nothing, input);
      const id = await this.people.create(em, ctx.viewer.organizationId, values);
      await this.trail.record(em, ctx, 'PERSON_CREATED', `Person ${id}`);
      return this.read(em, id);
    });
  }

  /** @throws NOT_PERMITTED, NOT_FOUND; BAD_USER_INPUT as {@link create}, and for a first day after the last one */
  update(ctx: PersonContext, input: UpdatePersonInput): Promise<PersonRow> {
    requireRole(ctx.viewer, 'PEOPLE_ADMIN');
    if (input.name === null) throw badInput('input.name', 'cannot be cleared.');
    return this.writeUnique(ctx, async (em) => {
      await this.people.keepImportsOut(em, ctx.viewer.organizationId);
      const before = await this.people.lock(em, input.id);
      if (!before) throw notFound();
      const values = await this.merge(em, ctx, before, input);
      const [end] = await this.people.findEnds(em, [before.id]);
      if (end && values.startedOn !== null && values.startedOn > end.endedOn) {
        throw badInput('input.startedOn', `must not be after the last day, ${end.endedOn}.`);
      }
      await this.people.update(em, before.id, values);
      await this.trail.record(em, ctx, 'PERSON_CHANGED', `Person ${before.id}`);
      return this.read(em, before.id);
    });
  }

  async setTimeZone(ctx: PersonContext, timeZone: string): Promise<PersonRow> {
    return this.database.write(ctx, async (em) => {
      await this.people.setTimeZone(
        em,
        { id: ctx.viewer.personId, organizationId: ctx.viewer.organizationId },
        timeZone,
      );
      return this.read(em, ctx.viewer.personId);
    });
  }

  /**
   * Sets or takes back the last day of somebody's employment. Their reporting lines, on either side, end on the day after; when
   * it is taken back, they are what they were before.
   *
   * The audit trail calls it PERSON_CHANGED like any other change: an AUDITOR is not to learn of a day to come.
   *
   * @throws NOT_PERMITTED, NOT_FOUND; BAD_USER_INPUT for a last day before the first, for one's own that has passed, and where lines
   * that go on would form a circle; CONFLICT for the last ORGANIZATION_ADMIN
   */
  async endEmployment(ctx: PersonContext, input: EndEmploymentInput): Promise<PersonRow> {
    requireRole(ctx.viewer, 'PEOPLE_ADMIN');
    if (input.lastDay === undefined) {
      throw badInput('input.lastDay', 'is needed: a day, or null where the employment goes on after all.');
    }
    const { personId, lastDay } = input;
    const changing = this.database.write(ctx, async (em) => {
      await this.people.keepImportsOut(em, ctx.viewer.organizationId);
      await this.lines.lock(em, ctx.viewer.organizationId);
      const person = await this.people.lock(em, personId);
      if (!person) throw notFound();
      if (lastDay === null) {
        await this.people.removeEnd(em, person.id);
      } else {
        if (person.startedOn !== null && lastDay < person.startedOn) {
          throw badInput('input.lastDay', `must not be before the first day, ${person.startedOn}.`);
        }
        // Whoever has left does nothing more here: it would neither be recorded, nor end the lines.
        if (
          person.id === ctx.viewer.personId &&
          lastDay < (await this.people.today(em, ctx.viewer.organizationId))
        ) {
          throw badInput(
            'input.lastDay',
            'has passed: somebody else with PEOPLE_ADMIN has to say so of you.',
          );
        }
        await this.people.setEnd(em, person, lastDay);
      }
      await this.trail.record(em, ctx, 'PERSON_CHANGED', `Person ${person.id}`);
      return person;
    });
    return changing.catch((error: unknown) => {
      if (!isCircle(error)) refuseLastAdministrator(error);
      throw badInput(
        'input.lastDay',
        'would let reporting lines go on that form a circle with later ones: change those first.',
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
        throw badInput('input.email', 'is the address of somebody else in the directory.');
      }
      if (isUniqueViolation(error, 'person_external_id_key')) {
        throw badInput('input.externalId', 'is the external id of somebody else.');
      }
      throw error;
    }
  }

  /** What is said replaces what was: undefined says nothing, null says "none". */
  private async merge(
    em: EntityManager,
    ctx: ViewerContext,
    before: PersonValues,
    input: CreatePersonInput | UpdatePersonInput,
  ): Promise<PersonValues> {
    return {
      name: input.name ?? before.name,
      email: input.email === undefined ? before.email : input.email,
      title: input.title === undefined ? before.title : input.title,
      externalId: input.externalId === undefined ? before.externalId : input.externalId,
      startedOn: input.startedOn === undefined ? before.startedOn : input.startedOn,
      departmentId: await this.place(em, ctx, this.departments, before.departmentId, {
        path: 'input.department',
        id: input.departmentId,
        name: input.department,
      }),
      locationId: await this.place(em, ctx, this.locations, before.locationId, {
        path: 'input.location',
        id: input.locationId,
        name: input.location,
      }),
    };
  }

  /** A department or location by its id or its name, or none. */
  private async place(
    em: EntityManager,
    ctx: ViewerContext,
    repository: NamedRepository<NamedRow>,
    before: string | null,
    said: { path: string; id: string | null | undefined; name: string | null | undefined },
  ): Promise<string | null> {
    if (said.id != null && said.name != null)
      throw badInput(said.path, 'is said twice: by its id and by its name.');
    if (said.id != null) {
      const [found] = await repository.findByIds(em, [said.id]);
      if (!found) throw badInput(`${said.path}Id`, 'is the id of none here.');
      return found.id;
    }
    if (said.name != null) {
      return (await repository.findOrCreate(em, ctx.viewer.organizationId, said.name)) ?? before;
    }
    return said.id === null || said.name === null ? null : before;
  }
}
