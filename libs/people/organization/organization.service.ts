import { Injectable } from '@nestjs/common';
import { Database, isUniqueViolation, type PersonContext } from '#db';
import { badInput, notFound, notPermitted } from '#graphql';
import { DepartmentRepository } from '../directory/department.repository.js';
import { LocationRepository } from '../directory/location.repository.js';
import type { NamedRepository, NamedRow } from '../directory/named.repository.js';
import { AuditTrail, type AuditAction } from './audit.service.js';
import type { OrganizationRow } from './organization.entity.js';
import type { RenameInput, UpdateSettingsInput } from './organization.inputs.js';
import { OrganizationRepository } from './organization.repository.js';
import { requireRole } from './roles.js';

/** What an organization settles for itself. */
@Injectable()
export class OrganizationService {
  constructor(
    private readonly database: Database,
    private readonly organizations: OrganizationRepository,
    private readonly departments: DepartmentRepository,
    private readonly locations: LocationRepository,
    private readonly trail: AuditTrail,
  ) {}

  /** @throws NOT_PERMITTED */
  async updateSettings(ctx: PersonContext, input: UpdateSettingsInput): Promise<OrganizationRow> {
    requireRole(ctx.viewer, 'ORGANIZATION_ADMIN');
    return this.database.write(ctx, async (em) => {
      // Held: of two who change different settings, neither takes back what the other did.
      const before = await this.organizations.lock(em, ctx.viewer.organizationId);
      if (!before) throw notPermitted();
      const after = {
        ...before,
        timeZone: input.timeZone ?? before.timeZone,
        leadersShareFirst: input.leadersShareFirst ?? before.leadersShareFirst,
      };
      const changed = (['timeZone', 'leadersShareFirst'] as const).filter(
        (name) => after[name] !== before[name],
      );
      if (changed.length === 0) return before;
      if (!(await this.organizations.updateSettings(em, after))) throw notPermitted();
      await this.trail.record(em, ctx, 'SETTINGS_CHANGED', changed);
      return after;
    });
  }

  /** @throws NOT_PERMITTED, NOT_FOUND; BAD_USER_INPUT for a name that another has */
  renameDepartment(ctx: PersonContext, input: RenameInput): Promise<OrganizationRow> {
    return this.rename(ctx, this.departments, input, 'DEPARTMENT_RENAMED', 'department');
  }

  /** @throws as {@link renameDepartment} */
  renameLocation(ctx: PersonContext, input: RenameInput): Promise<OrganizationRow> {
    return this.rename(ctx, this.locations, input, 'LOCATION_RENAMED', 'location');
  }

  private async rename(
    ctx: PersonContext,
    repository: NamedRepository<NamedRow>,
    { id, name }: RenameInput,
    action: AuditAction,
    kind: 'department' | 'location',
  ): Promise<OrganizationRow> {
    requireRole(ctx.viewer, 'PEOPLE_ADMIN');
    try {
      return await this.database.write(ctx, async (em) => {
        if (!(await repository.rename(em, id, name))) throw notFound();
        const subject = `${kind === 'department' ? 'Department' : 'Location'} ${id}`;
        await this.trail.record(em, ctx, action, subject);
        const [organization] = await this.organizations.findByIds(em, [ctx.viewer.organizationId]);
        if (!organization) throw notFound();
        return organization;
      });
    } catch (error) {
      if (isUniqueViolation(error)) throw badInput('input.name', `is the name of another ${kind}.`);
      throw error;
    }
  }
}
