import { Args, Context, Parent, Resolver } from '@nestjs/graphql';
import type { ViewerContext } from '#db';
import { RequestContext, type Page, PageArgs, ResolveField, ViewerOrToken } from '#graphql';
import type { PersonRow } from '../directory/person.entity.js';
import { PersonLoader } from '../directory/person.loader.js';
import { Person } from '../directory/person.model.js';
import type { AuditEntryRow } from './audit.entity.js';
import { AuditEntry, AuditEntryConnection } from './audit.model.js';
import { AuditTrail } from './audit.service.js';
import { Organization } from './organization.model.js';

@Resolver(() => Organization)
export class OrganizationAuditResolver {
  constructor(private readonly trail: AuditTrail) {}

  @ResolveField(() => AuditEntryConnection, {
    nullable: true,
    description:
      'What administrators did, newest first. For AUDITOR only; NOT_PERMITTED and null for others.',
  })
  auditTrail(@Args() page: PageArgs, @ViewerOrToken() ctx: ViewerContext): Promise<Page<AuditEntryRow>> {
    return this.trail.page(ctx, page);
  }
}

@Resolver(() => AuditEntry)
export class AuditEntryResolver {
  constructor(private readonly people: PersonLoader) {}

  @ResolveField(() => Person, {
    nullable: true,
    description: 'Who did it; null for an API token, an operator’s command and the service itself.',
  })
  actor(@Parent() entry: AuditEntryRow, @Context() ctx: RequestContext): Promise<PersonRow | null> | null {
    return entry.actorId === null ? null : this.people.byId(ctx).load(entry.actorId);
  }
}
