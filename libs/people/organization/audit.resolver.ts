import { Args, Context, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import type { ViewerContext } from '#db';
import { NodeModel, NodeRegistry, RequestContext, type Page, ViewerOrToken } from '#graphql';
import type { PersonRow } from '../directory/person.entity.js';
import { PersonLoader } from '../directory/person.loader.js';
import { Person } from '../directory/person.model.js';
import type { AuditEntryRow } from './audit.entity.js';
import { AuditTrailArgs } from './audit.inputs.js';
import { AuditEntry, AuditEntryConnection } from './audit.model.js';
import { AuditTrail } from './audit.service.js';
import { Organization } from './organization.model.js';

@Resolver(() => Organization)
export class OrganizationAuditResolver {
  constructor(private readonly trail: AuditTrail) {}

  @ResolveField(() => AuditEntryConnection, {
    nullable: true,
    description:
      'What administrators, API tokens and the operator did, newest first. For AUDITOR; null with NOT_PERMITTED for everybody else.',
  })
  auditTrail(
    @Args() filter: AuditTrailArgs,
    @ViewerOrToken() ctx: ViewerContext,
  ): Promise<Page<AuditEntryRow>> {
    return this.trail.page(ctx, filter);
  }
}

@Resolver(() => AuditEntry)
export class AuditEntryResolver {
  constructor(
    private readonly people: PersonLoader,
    private readonly nodes: NodeRegistry,
  ) {}

  @ResolveField(() => Person, {
    nullable: true,
    description:
      "The person who did it. Null for an API token, an operator's command and the service itself.",
  })
  actor(@Parent() entry: AuditEntryRow, @Context() ctx: RequestContext): Promise<PersonRow | null> | null {
    return entry.actorId === null ? null : this.people.byId(ctx).load(entry.actorId);
  }

  @ResolveField(() => NodeModel, {
    nullable: true,
    description:
      'The person, department, location, procedure area or organization that the action was applied to. Null for settings, API tokens and imports, which are not nodes, and once the object is deleted.',
  })
  subject(@Parent() entry: AuditEntryRow, @Context() ctx: RequestContext): Promise<object | null> | null {
    return entry.subjectId === null ? null : this.nodes.find(ctx, entry.subjectId);
  }
}
