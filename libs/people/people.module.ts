import { Module, type OnModuleInit } from '@nestjs/common';
import { sql } from '#db';
import { NodeRegistry } from '#graphql';
import { AuditRepository } from './audit.repository.js';
import { AuditEntryResolver, OrganizationAuditResolver } from './audit.resolver.js';
import { AuditTrail } from './audit.service.js';
import { OrganizationLoader } from './organization.loader.js';
import { OrganizationRepository } from './organization.repository.js';
import { OrganizationResolver } from './organization.resolver.js';
import { PersonLoader } from './person.loader.js';
import { PersonRepository } from './person.repository.js';
import { ViewerResolver } from './viewer.resolver.js';

/** Organizations and their people: the directory, reporting lines, roles and the import. */
@Module({
  providers: [
    AuditEntryResolver,
    AuditRepository,
    AuditTrail,
    OrganizationAuditResolver,
    OrganizationLoader,
    OrganizationRepository,
    OrganizationResolver,
    PersonLoader,
    PersonRepository,
    ViewerResolver,
  ],
  exports: [AuditTrail, OrganizationLoader, PersonLoader],
})
export class PeopleModule implements OnModuleInit {
  constructor(
    private readonly nodes: NodeRegistry,
    private readonly organizations: OrganizationLoader,
    private readonly people: PersonLoader,
  ) {}

  onModuleInit(): void {
    this.nodes.register(
      { typename: 'Organization', table: sql`organization`, load: this.organizations.byId },
      { typename: 'Person', table: sql`person`, load: this.people.byId },
    );
  }
}
