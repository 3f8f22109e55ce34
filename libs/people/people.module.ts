import { Module, type OnModuleInit } from '@nestjs/common';
import { sql } from '#db';
import { NodeRegistry } from '#graphql';
import { AuditRepository } from './audit.repository.js';
import { AuditEntryResolver, OrganizationAuditResolver } from './audit.resolver.js';
import { AuditTrail } from './audit.service.js';
import { DepartmentLoader } from './department.loader.js';
import { DepartmentRepository } from './department.repository.js';
import { ImportReportLoader } from './import.loader.js';
import { ImportRepository } from './import.repository.js';
import { ImportReportResolver, OrganizationImportResolver } from './import.resolver.js';
import { ImportService } from './import.service.js';
import { LocationLoader } from './location.loader.js';
import { LocationRepository } from './location.repository.js';
import { OrganizationLoader } from './organization.loader.js';
import { OrganizationRepository } from './organization.repository.js';
import { OrganizationResolver } from './organization.resolver.js';
import { OrganizationService } from './organization.service.js';
import { PersonLoader } from './person.loader.js';
import { PersonRepository } from './person.repository.js';
import { PersonResolver } from './person.resolver.js';
import { PersonService } from './person.service.js';
import { ReportingLineLoader } from './reporting-line.loader.js';
import { ReportingLineRepository } from './reporting-line.repository.js';
import { ReportingLineResolver } from './reporting-line.resolver.js';
import { ReportingLineService } from './reporting-line.service.js';
import { RoleLoader } from './role.loader.js';
import { RoleRepository } from './role.repository.js';
import { OrganizationRolesResolver, RoleHolderResolver, RolePayloadResolver } from './role.resolver.js';
import { RoleService } from './role.service.js';
import { ViewerResolver } from './viewer.resolver.js';

/** Organizations and their people: the directory, reporting lines, roles and the import. */
@Module({
  providers: [
    AuditEntryResolver,
    AuditRepository,
    AuditTrail,
    DepartmentLoader,
    DepartmentRepository,
    ImportReportLoader,
    ImportReportResolver,
    ImportRepository,
    ImportService,
    LocationLoader,
    LocationRepository,
    OrganizationAuditResolver,
    OrganizationImportResolver,
    OrganizationLoader,
    OrganizationRepository,
    OrganizationResolver,
    OrganizationRolesResolver,
    OrganizationService,
    PersonLoader,
    PersonRepository,
    PersonResolver,
    PersonService,
    ReportingLineLoader,
    ReportingLineRepository,
    ReportingLineResolver,
    ReportingLineService,
    RoleHolderResolver,
    RoleLoader,
    RolePayloadResolver,
    RoleRepository,
    RoleService,
    ViewerResolver,
  ],
  exports: [AuditTrail, OrganizationLoader, PersonLoader, ReportingLineLoader],
})
export class PeopleModule implements OnModuleInit {
  constructor(
    private readonly nodes: NodeRegistry,
    private readonly organizations: OrganizationLoader,
    private readonly people: PersonLoader,
    private readonly departments: DepartmentLoader,
    private readonly locations: LocationLoader,
    private readonly imports: ImportReportLoader,
  ) {}

  onModuleInit(): void {
    this.nodes.register(
      { typename: 'Organization', table: sql`organization`, load: this.organizations.byId },
      { typename: 'Person', table: sql`person`, load: this.people.byId },
      { typename: 'Department', table: sql`department`, load: this.departments.byId },
      { typename: 'Location', table: sql`location`, load: this.locations.byId },
    );
    this.nodes.registerParts({ typename: 'ImportReport', load: this.imports.byId });
  }
}
