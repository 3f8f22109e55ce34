import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Database, type PersonContext, type ViewerContext } from '#db';
import { badInput, notPermitted } from '#graphql';
import type { Role } from '#identity';
import type { PersonRow } from '../directory/person.entity.js';
import { PersonRepository } from '../directory/person.repository.js';
import { AuditTrail } from './audit.service.js';
import { RoleRepository, type RoleGrantRow } from './role.repository.js';
import { missingRole, refuseLastAdministrator, requireRole } from './role.rules.js';

@Injectable()
export class RoleService {
  constructor(
    private readonly database: Database,
    private readonly roles: RoleRepository,
    private readonly people: PersonRepository,
    private readonly trail: AuditTrail,
  ) {}

  /** @throws NOT_PERMITTED */
  holders(ctx: ViewerContext): Promise<RoleGrantRow[]> {
    requireRole(ctx.viewer, 'ORGANIZATION_ADMIN');
    return this.database.read(ctx, (em) => this.roles.findHolders(em, ctx.viewer.organizationId));
  }

  /** Granting a role that the person holds changes nothing. @throws NOT_PERMITTED, also for oneself; BAD_USER_INPUT */
  async grant(ctx: PersonContext, { personId, role }: RoleGrantRow): Promise<PersonRow> {
    requireRole(ctx.viewer, 'ORGANIZATION_ADMIN');
    if (personId === ctx.viewer.personId)
      throw notPermitted('You cannot grant a role to yourself. Ask another ORGANIZATION_ADMIN.');
    return this.database.write(ctx, async (em) => {
      await this.roles.lock(em, ctx.viewer.organizationId);
      const person = await this.personOf(em, personId);
      const [end] = await this.people.findEnds(em, [personId]);
      if (end && end.leftOn < (await this.people.today(em, ctx.viewer.organizationId)))
        throw badInput('input.personId', 'Choose somebody who has not left the organization.', 'NOT_ALLOWED');
      const added = await this.roles.add(em, {
        personId,
        role,
        organizationId: ctx.viewer.organizationId,
        grantedBy: ctx.viewer.personId,
      });
      if (added)
        await this.trail.record(em, ctx, 'ROLE_GRANTED', { type: 'Person', id: personId, detail: role });
      return person;
    });
  }

  /** Revoking a role that the person does not hold changes nothing. @throws NOT_PERMITTED; BAD_USER_INPUT; CONFLICT for the last ORGANIZATION_ADMIN */
  async revoke(ctx: PersonContext, { personId, role }: RoleGrantRow): Promise<PersonRow> {
    requireRole(ctx.viewer, 'ORGANIZATION_ADMIN');
    return this.database
      .write(ctx, async (em) => {
        await this.roles.lock(em, ctx.viewer.organizationId);
        const person = await this.personOf(em, personId);
        // While waiting for the lock the viewer may have lost the role that lets them see what others hold.
        const grants = await this.roles.findByPeople(em, [ctx.viewer.personId, personId]);
        const holds = (id: string, held: Role): boolean =>
          grants.some((grant) => grant.personId === id && grant.role === held);
        if (!holds(ctx.viewer.personId, 'ORGANIZATION_ADMIN')) throw missingRole('ORGANIZATION_ADMIN');
        if (!holds(personId, role)) return person;
        // Recorded first: the role may be the one that lets the viewer record it.
        await this.trail.record(em, ctx, 'ROLE_REVOKED', { type: 'Person', id: personId, detail: role });
        await this.roles.remove(em, { personId, role });
        return person;
      })
      .catch(refuseLastAdministrator);
  }

  private async personOf(em: EntityManager, id: string): Promise<PersonRow> {
    const [person] = await this.people.findByIds(em, [id]);
    if (!person)
      throw badInput('input.personId', 'No person with this ID exists in your organization.', 'NOT_FOUND');
    return person;
  }
}
