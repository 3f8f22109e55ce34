import { Args, Context, Parent, Resolver } from '@nestjs/graphql';
import { Operation, type Page, PageArgs, ResolveField, unauthenticated } from '#graphql';
import type { AuditEntryRow } from './audit.entity.js';
import { AuditEntry, AuditEntryConnection } from './audit.model.js';
import { AuditTrail } from './audit.service.js';
import { Organization } from './organization.model.js';
import type { PersonRow } from './person.entity.js';
import { PersonLoader } from './person.loader.js';
import { Person } from './person.model.js';

@Resolver(() => Organization)
export class OrganizationAuditResolver {
  constructor(private readonly trail: AuditTrail) {}

  @ResolveField(() => AuditEntryConnection, {
    nullable: true,
    description:
      'What administrators did, newest first. For AUDITOR only; NOT_PERMITTED and null for others.',
  })
  auditTrail(@Args() page: PageArgs, @Context() op: Operation): Promise<Page<AuditEntryRow>> {
    if (!op.viewer) throw unauthenticated();
    return this.trail.page(op.viewer, page);
  }
}

@Resolver(() => AuditEntry)
export class AuditEntryResolver {
  constructor(private readonly people: PersonLoader) {}

  @ResolveField(() => Person, {
    nullable: true,
    description: 'Who did it; null for an API token, an operator’s command and the service itself.',
  })
  actor(@Parent() entry: AuditEntryRow, @Context() op: Operation): Promise<PersonRow | null> | null {
    return entry.actorId === null ? null : this.people.byId(op).load(entry.actorId);
  }
}
