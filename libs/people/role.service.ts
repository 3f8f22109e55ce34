import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Database, type PersonViewer, type Viewer } from '#db';
import { badInput, conflict, notPermitted } from '#graphql';
import { AuditTrail } from './audit.service.js';
import type { PersonRow } from './person.entity.js';
import { PersonRepository } from './person.repository.js';
import { RoleRepository, type RoleGrantRow } from './role.repository.js';
import { requireRole } from './roles.js';

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
    return this.database.write(viewer, async (em) => {
      await this.roles.lock(em, viewer.organizationId);
      const person = await this.personOf(em, personId);
      if (role === 'ORGANIZATION_ADMIN') {
        const holders = await this.roles.findHolders(em, viewer.organizationId);
        if (!holders.some((holder) => holder.role === role && holder.personId !== personId)) {
          throw conflict(
            'The organization needs an ORGANIZATION_ADMIN: grant the role to somebody else first.',
          );
        }
      }
      const removed = await this.roles.remove(em, { personId, role });
      if (removed) await this.trail.record(em, viewer, 'ROLE_REVOKED', `Person ${personId}: ${role}`);
      return person;
    });
  }

  private async personOf(em: EntityManager, id: string): Promise<PersonRow> {
    const [person] = await this.people.findByIds(em, [id]);
    if (!person) throw badInput('input.personId', 'is the id of nobody here.');
    return person;
  }
}
