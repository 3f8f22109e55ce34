import { Injectable } from '@nestjs/common';
import { Database, type PersonContext } from '#db';
import { badInput, notFound, notPermitted } from '#graphql';
import type { RenameInput } from '../directory/department-location.inputs.js';
import { AuditTrail } from './audit.service.js';
import type { OrganizationRow } from './organization.entity.js';
import type { UpdateSettingsInput } from './organization.inputs.js';
import { OrganizationRepository } from './organization.repository.js';
import { requireRole } from './role.rules.js';

@Injectable()
export class OrganizationService {
  constructor(
    private readonly database: Database,
    private readonly organizations: OrganizationRepository,
    private readonly trail: AuditTrail,
  ) {}

  /** @throws NOT_PERMITTED; BAD_USER_INPUT for a minimum group size below the present one */
  async updateSettings(ctx: PersonContext, input: UpdateSettingsInput): Promise<OrganizationRow> {
    requireRole(ctx.viewer, 'ORGANIZATION_ADMIN');
    const { organizationId: id } = ctx.viewer;
    return this.database.write(ctx, async (em) => {
      // Locked, so that of two people who change different settings neither reverts the other's change.
      const before = await this.organizations.lock(em, id);
      if (!before) throw notPermitted();
      const after = {
        ...before,
        timeZone: input.timeZone ?? before.timeZone,
        leadersShareFirst: input.leadersShareFirst ?? before.leadersShareFirst,
        minimumGroupSize: input.minimumGroupSize ?? before.minimumGroupSize,
      };
      if (after.minimumGroupSize < before.minimumGroupSize) {
        throw badInput(
          'input.minimumGroupSize',
          `can only be raised, and is ${String(before.minimumGroupSize)} now.`,
          'OUT_OF_RANGE',
        );
      }
      const changed = (['timeZone', 'leadersShareFirst', 'minimumGroupSize'] as const).filter(
        (name) => after[name] !== before[name],
      );
      if (changed.length === 0) return before;
      const { timeZone, leadersShareFirst, minimumGroupSize } = after;
      if (!(await this.organizations.update(em, id, { timeZone, leadersShareFirst, minimumGroupSize })))
        throw notPermitted();
      await this.trail.record(
        em,
        ctx,
        'SETTINGS_CHANGED',
        changed.map((setting) => ({ setting })),
      );
      return after;
    });
  }

  /** Organizations may have equal names: an error would tell who else is in the installation. @throws NOT_PERMITTED; NOT_FOUND */
  async rename(ctx: PersonContext, { id, name }: RenameInput): Promise<OrganizationRow> {
    requireRole(ctx.viewer, 'ORGANIZATION_ADMIN');
    return this.database.write(ctx, async (em) => {
      const before = await this.organizations.lock(em, id);
      if (!before) throw notFound();
      if (before.name === name) return before;
      await this.organizations.update(em, id, { name });
      await this.trail.record(em, ctx, 'ORGANIZATION_RENAMED', { type: 'Organization', id });
      return { ...before, name };
    });
  }
}
