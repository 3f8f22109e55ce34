import { Module, type OnModuleInit } from '@nestjs/common';
import { sql } from '#db';
import { NodeRegistry } from '#graphql';
import { AuditRepository } from './organization/audit.repository.js';
import { AuditEntryResolver, OrganizationAuditResolver } from './organization/audit.resolver.js';
import { AuditTrail } from './organization/audit.service.js';
import { DepartmentLoader } from './directory/department.loader.js';
import { DepartmentRepository } from './directory/department.repository.js';
import { ImportReportLoader } from './import/import.loader.js';
import { ImportRepository } from './import/import.repository.js';
import { ImportReportResolver, OrganizationImportResolver } from './import/import.resolver.js';
import { ImportService } from './import/import.service.js';
import { LocationLoader } from './directory/location.loader.js';
import { LocationRepository } from './directory/location.repository.js';
import { OrganizationLoader } from './organization/organization.loader.js';
import { OrganizationRepository } from './organization/organization.repository.js';
import { OrganizationResolver } from './organization/organization.resolver.js';
import { OrganizationService } from './organization/organization.service.js';
import { PersonLoader } from './directory/person.loader.js';
import { PersonRepository } from './directory/person.repository.js';
import { PersonResolver } from './directory/person.resolver.js';
import { PersonService } from './directory/person.service.js';
import { ReportingLineLoader } from './directory/reporting-line.loader.js';
import { ReportingLineRepository } from './directory/reporting-line.repository.js';
import { ReportingLineResolver } from './directory/reporting-line.resolver.js';
import { ReportingLineService } from './directory/reporting-line.service.js';
import { RoleLoader } from './organization/role.loader.js';
import { RoleRepository } from './organization/role.repository.js';
import {
  OrganizationRolesResolver,
  RoleHolderResolver,
  RolePayloadResolver,
} from './organization/role.resolver.js';
import { RoleService } from './organization/role.service.js';
import { ViewerResolver } from './directory/viewer.resolver.js';

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
