import { Injectable } from '@nestjs/common';
import { Database, type PersonContext } from '#db';
import { assertNoFaults, notFound, notPermitted } from '#graphql';
import type { RenameInput } from '../directory/department-location.inputs.js';
import { AuditTrail } from './audit.service.js';
import type { OrganizationRow } from './organization.entity.js';
import type { UpdateSettingsInput } from './organization.inputs.js';
import { OrganizationRepository } from './organization.repository.js';
import { requireRole } from './role.rules.js';

const SETTINGS = [
  'timeZone',
  'leadersShareFirst',
  'minimumGroupSize',
  'trendsVisibleTo',
  'trendsPublishedAfterDays',
  'pulseRhythm',
  'conversationRetentionMonths',
  'accessLogRetentionMonths',
] as const;

@Injectable()
export class OrganizationService {
  constructor(
    private readonly database: Database,
    private readonly organizations: OrganizationRepository,
    private readonly trail: AuditTrail,
  ) {}

  /** @throws NOT_PERMITTED; BAD_USER_INPUT for a minimum group size below, or a term of the access log above the present one */
  async updateSettings(ctx: PersonContext, input: UpdateSettingsInput): Promise<OrganizationRow> {
    requireRole(ctx.viewer, 'ORGANIZATION_ADMIN');
    const { organizationId: id } = ctx.viewer;
    return this.database.write(ctx, async (em) => {
      // Locked, so that of two people who change different settings neither reverts the other's change.
      const before = await this.organizations.lock(em, id);
      if (!before) throw notPermitted();
      const values = {
        timeZone: input.timeZone ?? before.timeZone,
        leadersShareFirst: input.leadersShareFirst ?? before.leadersShareFirst,
        minimumGroupSize: input.minimumGroupSize ?? before.minimumGroupSize,
        trendsVisibleTo: input.trendsVisibleTo ?? before.trendsVisibleTo,
        trendsPublishedAfterDays: input.trendsPublishedAfterDays ?? before.trendsPublishedAfterDays,
        pulseRhythm: input.pulseRhythm ?? before.pulseRhythm,
        conversationRetentionMonths: input.conversationRetentionMonths ?? before.conversationRetentionMonths,
        accessLogRetentionMonths: input.accessLogRetentionMonths ?? before.accessLogRetentionMonths,
      };
      const changed = SETTINGS.filter((name) => values[name] !== before[name]);
      if (changed.length === 0) return before;
      assertNoFaults([
        ...(values.minimumGroupSize < before.minimumGroupSize
          ? [
              {
                path: 'input.minimumGroupSize',
                code: 'OUT_OF_RANGE' as const,
                message: `can only be raised, and is ${String(before.minimumGroupSize)} now.`,
              },
            ]
          : []),
        ...(values.accessLogRetentionMonths > before.accessLogRetentionMonths
          ? [
              {
                path: 'input.accessLogRetentionMonths',
                code: 'OUT_OF_RANGE' as const,
                message: `must not be longer than the present ${String(before.accessLogRetentionMonths)} months.`,
              },
            ]
          : []),
      ]);
      if (!(await this.organizations.update(em, id, values))) throw notPermitted();
      await this.trail.record(
        em,
        ctx,
        'SETTINGS_CHANGED',
        changed.map((setting) => ({ setting })),
      );
      return { ...before, ...values };
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
