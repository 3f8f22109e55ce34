import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Database, isUniqueViolation, type PersonContext } from '#db';
import { ApiError, badInput, conflict, notFound } from '#graphql';
import { AuditTrail, type AuditAction } from '../organization/audit.service.js';
import type { OrganizationRow } from '../organization/organization.entity.js';
import { OrganizationRepository } from '../organization/organization.repository.js';
import { requireRole } from '../organization/role.rules.js';
import type { MergeInput, RenameInput } from './department-location.inputs.js';
import type { NamedRow } from './department-location.entity.js';
import {
  DepartmentRepository,
  LocationRepository,
  type NamedRepository,
} from './department-location.repository.js';
import { PersonRepository } from './person.repository.js';

/** Moving everybody of a large department takes longer than a statement usually may. */
const MERGE_TIMEOUT_MS = 60_000;

interface Kind {
  readonly type: 'Department' | 'Location';
  readonly noun: string;
  readonly renamed: AuditAction;
  readonly merged: AuditAction;
  readonly mergeMutation: string;
}

abstract class NamedService {
  protected constructor(
    private readonly database: Database,
    private readonly repository: NamedRepository,
    private readonly organizations: OrganizationRepository,
    private readonly people: PersonRepository,
    private readonly trail: AuditTrail,
    private readonly kind: Kind,
  ) {}

  /** @throws NOT_PERMITTED; NOT_FOUND; CONFLICT with `conflictingId` where another one has the name */
  async rename(ctx: PersonContext, { id, name }: RenameInput): Promise<OrganizationRow> {
    requireRole(ctx.viewer, 'PEOPLE_ADMIN');
    const { organizationId } = ctx.viewer;
    try {
      return await this.database.write(ctx, async (em) => {
        const other = await this.repository.findByName(em, organizationId, name);
        if (other && other.id !== id && (await this.exists(em, id))) throw this.nameTaken(other);
        if (!(await this.repository.rename(em, id, name))) throw notFound();
        await this.trail.record(em, ctx, this.kind.renamed, { type: this.kind.type, id });
        return this.organization(em, organizationId);
      });
    } catch (error) {
      if (!isUniqueViolation(error)) throw error;
      throw conflict(`Another ${this.kind.noun} was given this name at the same time. Try again.`);
    }
  }

  /**
   * Waits for imports and for other changes of the directory, and has them wait: nobody is added to what is removed.
   *
   * @throws NOT_PERMITTED; NOT_FOUND; BAD_USER_INPUT for an `intoId` that is the same or does not exist
   */
  async merge(ctx: PersonContext, { id, intoId }: MergeInput): Promise<OrganizationRow> {
    requireRole(ctx.viewer, 'PEOPLE_ADMIN');
    const { noun, type, merged } = this.kind;
    if (id === intoId) throw badInput('input.intoId', `must be a different ${noun}.`);
    const { organizationId } = ctx.viewer;
    return this.database.write(
      ctx,
      async (em) => {
        await this.people.lockDirectory(em, organizationId);
        const found = await this.repository.findByIds(em, [id, intoId]);
        if (!found.some((row) => row.id === id)) throw notFound();
        if (!found.some((row) => row.id === intoId))
          throw badInput('input.intoId', `No ${noun} with this ID exists in your organization.`, 'NOT_FOUND');
        if (!(await this.repository.merge(em, id, intoId))) throw notFound();
        await this.trail.record(em, ctx, merged, { type, id: intoId, detail: id });
        return this.organization(em, organizationId);
      },
      { statementTimeoutMs: MERGE_TIMEOUT_MS },
    );
  }

  private async exists(em: EntityManager, id: string): Promise<boolean> {
    return (await this.repository.findByIds(em, [id])).length > 0;
  }

  private nameTaken({ id, name }: NamedRow): ApiError {
    const { noun, mergeMutation } = this.kind;
    return new ApiError(
      'CONFLICT',
      `The ${noun} "${name}" has this name already. Merge the two with ${mergeMutation}, or choose a different name.`,
      { conflictingId: id },
    );
  }

  private async organization(em: EntityManager, id: string): Promise<OrganizationRow> {
    const [organization] = await this.organizations.findByIds(em, [id]);
    if (!organization) throw notFound();
    return organization;
  }
}

@Injectable()
export class DepartmentService extends NamedService {
  constructor(
    database: Database,
    departments: DepartmentRepository,
    organizations: OrganizationRepository,
    people: PersonRepository,
    trail: AuditTrail,
  ) {
    super(database, departments, organizations, people, trail, {
      type: 'Department',
      noun: 'department',
      renamed: 'DEPARTMENT_RENAMED',
      merged: 'DEPARTMENTS_MERGED',
      mergeMutation: 'mergeDepartments',
    });
  }
}

@Injectable()
export class LocationService extends NamedService {
  constructor(
    database: Database,
    locations: LocationRepository,
    organizations: OrganizationRepository,
    people: PersonRepository,
    trail: AuditTrail,
  ) {
    super(database, locations, organizations, people, trail, {
      type: 'Location',
      noun: 'location',
      renamed: 'LOCATION_RENAMED',
      merged: 'LOCATIONS_MERGED',
      mergeMutation: 'mergeLocations',
    });
  }
}
