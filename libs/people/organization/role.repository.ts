import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { affected, row, rows, sql } from '#db';
import type { Role } from '#identity';

export interface RoleGrantRow {
  readonly personId: string;
  readonly role: Role;
}

const employed = sql`not exists (
  select 1 from employment_end e where e.person_id = r.person_id and e.ended_at <= now()
)`;

@Injectable()
export class RoleRepository {
  /** Everybody who holds a role, ordered by role and name. People who have left hold none. */
  findHolders(em: EntityManager, organizationId: string): Promise<RoleGrantRow[]> {
    return rows<RoleGrantRow>(
      em,
      sql`select r.person_id as "personId", r.role from role_grant r join person p on p.id = r.person_id
          where r.organization_id = ${organizationId} and ${employed} order by r.role, p.name, p.id`,
    );
  }

  /** The roles that were granted to these people, ordered by role. */
  findByPeople(em: EntityManager, personIds: readonly string[]): Promise<RoleGrantRow[]> {
    return rows<RoleGrantRow>(
      em,
      sql`select r.person_id as "personId", r.role from role_grant r
          where r.person_id = any(${personIds}::uuid[]) order by r.role`,
    );
  }

  /** Locks the roles of the organization until this transaction ends. */
  async lock(em: EntityManager, organizationId: string): Promise<void> {
    await row(em, sql`select pg_advisory_xact_lock(hashtextextended('role_grant:' || ${organizationId}, 0))`);
  }

  /** @returns false where they hold it already */
  async add(
    em: EntityManager,
    grant: RoleGrantRow & { readonly organizationId: string; readonly grantedBy: string },
  ): Promise<boolean> {
    const added = await affected(
      em,
      sql`insert into role_grant (person_id, role, organization_id, granted_by)
          values (${grant.personId}, ${grant.role}, ${grant.organizationId}, ${grant.grantedBy}) on conflict do nothing`,
    );
    return added > 0;
  }

  /** @returns false where they did not hold it */
  async remove(em: EntityManager, { personId, role }: RoleGrantRow): Promise<boolean> {
    return (
      (await affected(em, sql`delete from role_grant where person_id = ${personId} and role = ${role}`)) > 0
    );
  }
}
