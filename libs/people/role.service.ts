import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Database, type PersonViewer, type Role, type Viewer } from '#db';
import { badInput, notPermitted } from '#graphql';
import { AuditTrail } from './audit.service.js';
import type { PersonRow } from './person.entity.js';
import { PersonRepository } from './person.repository.js';
import { RoleRepository, type RoleGrantRow } from './role.repository.js';
import { missingRole, refuseLastAdministrator, requireRole } from './roles.js';

/** Who holds which role. For ORGANIZATION_ADMIN. */
@Injectable()
export class RoleService {
  constructor(
    private readonly database: Database,
    private readonly roles: RoleRepository,
    private readonly people: PersonRepository,
    private readonly trail: AuditTrail,
  ) {}

  /** @throws NOT_PERMITTED */
  holders(viewer: Viewer): Promise<RoleGrantRow[]> {
    requireRole(viewer, 'ORGANIZATION_ADMIN');
    return this.database.read(viewer, (em) => this.roles.findHolders(em, viewer.organizationId));
  }

  /** Granting what is held changes nothing. @throws NOT_PERMITTED, also to grant to oneself; BAD_USER_INPUT */
  async grant(viewer: PersonViewer, { personId, role }: RoleGrantRow): Promise<PersonRow> {
    requireRole(viewer, 'ORGANIZATION_ADMIN');
    if (personId === viewer.personId) throw notPermitted('Nobody grants a role to themselves.');
    return this.database.write(viewer, async (em) => {
      await this.roles.lock(em, viewer.organizationId);
      const person = await this.personOf(em, personId);
      const [end] = await this.people.findEnds(em, [personId]);
      if (end && end.endedOn < (await this.people.today(em, viewer.organizationId)))
        throw badInput('input.personId', 'has left.');
      const added = await this.roles.add(em, {
        personId,
        role,
        organizationId: viewer.organizationId,
        grantedBy: viewer.personId,
      });
      if (added) await this.trail.record(em, viewer, 'ROLE_GRANTED', `Person ${personId}: ${role}`);
      return person;
    });
  }

  /** Revoking what is not held changes nothing. @throws NOT_PERMITTED; BAD_USER_INPUT; CONFLICT for the last ORGANIZATION_ADMIN */
  async revoke(viewer: PersonViewer, { personId, role }: RoleGrantRow): Promise<PersonRow> {
    requireRole(viewer, 'ORGANIZATION_ADMIN');
    return this.database
      .write(viewer, async (em) => {
        await this.roles.lock(em, viewer.organizationId);
        const person = await this.personOf(em, personId);
        // Whoever waited for the lock may have lost the role that lets them see what others hold.
        const grants = await this.roles.findByPeople(em, [viewer.personId, personId]);
        const holds = (id: string, held: Role): boolean =>
          grants.some((grant) => grant.personId === id && grant.role === held);
        if (!holds(viewer.personId, 'ORGANIZATION_ADMIN')) throw missingRole('ORGANIZATION_ADMIN');
        if (!holds(personId, role)) return person;
        // Before it is gone: it may be the role by which the viewer records anything.
        await this.trail.record(em, viewer, 'ROLE_REVOKED', `Person ${personId}: ${role}`);
        await this.roles.remove(em, { personId, role });
        return person;
      })
      .catch(refuseLastAdministrator);
  }

  private async personOf(em: EntityManager, id: string): Promise<PersonRow> {
    const [person] = await this.people.findByIds(em, [id]);
    if (!person) throw badInput('input.personId', 'is the id of nobody here.');
    return person;
  }
}
