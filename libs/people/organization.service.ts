import { Injectable } from '@nestjs/common';
import { Database, isUniqueViolation, type PersonViewer } from '#db';
import { badInput, notFound, notPermitted } from '#graphql';
import { AuditTrail, type AuditAction } from './audit.service.js';
import { DepartmentRepository } from './department.repository.js';
import { LocationRepository } from './location.repository.js';
import type { NamedRepository, NamedRow } from './named.repository.js';
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
  async updateSettings(viewer: PersonViewer, input: UpdateSettingsInput): Promise<OrganizationRow> {
    requireRole(viewer, 'ORGANIZATION_ADMIN');
    return this.database.write(viewer, async (em) => {
      // Held: of two who change different settings, neither takes back what the other did.
      const before = await this.organizations.lock(em, viewer.organizationId);
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
      await this.trail.record(em, viewer, 'SETTINGS_CHANGED', changed);
      return after;
    });
  }

  /** @throws NOT_PERMITTED, NOT_FOUND; BAD_USER_INPUT for a name that another has */
  renameDepartment(viewer: PersonViewer, input: RenameInput): Promise<OrganizationRow> {
    return this.rename(viewer, this.departments, input, 'DEPARTMENT_RENAMED', 'department');
  }

  /** @throws as {@link renameDepartment} */
  renameLocation(viewer: PersonViewer, input: RenameInput): Promise<OrganizationRow> {
    return this.rename(viewer, this.locations, input, 'LOCATION_RENAMED', 'location');
  }

  private async rename(
    viewer: PersonViewer,
    repository: NamedRepository<NamedRow>,
    { id, name }: RenameInput,
    action: AuditAction,
    kind: 'department' | 'location',
  ): Promise<OrganizationRow> {
    requireRole(viewer, 'PEOPLE_ADMIN');
    try {
      return await this.database.write(viewer, async (em) => {
        if (!(await repository.rename(em, id, name))) throw notFound();
        const subject = `${kind === 'department' ? 'Department' : 'Location'} ${id}`;
        await this.trail.record(em, viewer, action, subject);
        const [organization] = await this.organizations.findByIds(em, [viewer.organizationId]);
        if (!organization) throw notFound();
        return organization;
      });
    } catch (error) {
      if (isUniqueViolation(error)) throw badInput('input.name', `is the name of another ${kind}.`);
      throw error;
    }
  }
}
