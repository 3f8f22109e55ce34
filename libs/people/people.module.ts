import { Module, type OnModuleInit } from '@nestjs/common';
import { sql } from '#db';
import { NodeRegistry } from '#graphql';
import { DepartmentLoader, LocationLoader } from './directory/department-location.loader.js';
import { DepartmentRepository, LocationRepository } from './directory/department-location.repository.js';
import { DepartmentLocationResolver } from './directory/department-location.resolver.js';
import { DepartmentService, LocationService } from './directory/department-location.service.js';
import { PersonFieldsResolver } from './directory/person.fields.resolver.js';
import { PersonLoader } from './directory/person.loader.js';
import { PersonMutationsResolver } from './directory/person.mutations.resolver.js';
import { PersonRepository } from './directory/person.repository.js';
import { OrganizationPeopleResolver, PersonResolver } from './directory/person.resolver.js';
import { PersonService } from './directory/person.service.js';
import { ReportingLineLoader } from './directory/reporting-line.loader.js';
import { ReportingLineRepository } from './directory/reporting-line.repository.js';
import { ReportingLineResolver } from './directory/reporting-line.resolver.js';
import { ReportingLineService } from './directory/reporting-line.service.js';
import { ViewerLoader } from './directory/viewer.loader.js';
import { ViewerResolver } from './directory/viewer.resolver.js';
import { ImportReportLoader } from './import/import.loader.js';
import { ImportRepository } from './import/import.repository.js';
import { ImportReportResolver, OrganizationImportResolver } from './import/import.resolver.js';
import { ImportService } from './import/import.service.js';
import { AuditRepository } from './organization/audit.repository.js';
import { AuditEntryResolver, OrganizationAuditResolver } from './organization/audit.resolver.js';
import { AuditTrail } from './organization/audit.service.js';
import { OrganizationLoader } from './organization/organization.loader.js';
import { OrganizationRepository } from './organization/organization.repository.js';
import { OrganizationResolver } from './organization/organization.resolver.js';
import { OrganizationService } from './organization/organization.service.js';
import { RoleLoader } from './organization/role.loader.js';
import { RoleRepository } from './organization/role.repository.js';
import {
  OrganizationRolesResolver,
  RoleHolderResolver,
  RolePayloadResolver,
} from './organization/role.resolver.js';
import { RoleService } from './organization/role.service.js';

const directory = [
  DepartmentLoader,
  DepartmentLocationResolver,
  DepartmentRepository,
  DepartmentService,
  LocationLoader,
  LocationRepository,
  LocationService,
  OrganizationPeopleResolver,
  PersonFieldsResolver,
  PersonLoader,
  PersonMutationsResolver,
  PersonRepository,
  PersonResolver,
  PersonService,
  ReportingLineLoader,
  ReportingLineRepository,
  ReportingLineResolver,
  ReportingLineService,
  ViewerLoader,
  ViewerResolver,
];

const organization = [
  AuditEntryResolver,
  AuditRepository,
  AuditTrail,
  OrganizationAuditResolver,
  OrganizationLoader,
  OrganizationRepository,
  OrganizationResolver,
  OrganizationRolesResolver,
  OrganizationService,
  RoleHolderResolver,
  RoleLoader,
  RolePayloadResolver,
  RoleRepository,
  RoleService,
];

const imports = [
  ImportReportLoader,
  ImportReportResolver,
  ImportRepository,
  ImportService,
  OrganizationImportResolver,
];

/** The organization, its directory, reporting lines, roles, audit trail and imports. */
@Module({
  providers: [...directory, ...organization, ...imports],
  exports: [AuditTrail, OrganizationLoader, PersonLoader, ReportingLineLoader],
})
export class PeopleModule implements OnModuleInit {
  constructor(
    private readonly nodes: NodeRegistry,
    private readonly organizations: OrganizationLoader,
    private readonly people: PersonLoader,
    private readonly departments: DepartmentLoader,
    private readonly locations: LocationLoader,
    private readonly viewers: ViewerLoader,
    private readonly importReports: ImportReportLoader,
  ) {}

  onModuleInit(): void {
    this.nodes.register(
      { typename: 'Organization', table: sql`organization`, load: this.organizations.byId },
      { typename: 'Person', table: sql`person`, load: this.people.byId },
      { typename: 'Department', table: sql`department`, load: this.departments.byId },
      { typename: 'Location', table: sql`location`, load: this.locations.byId },
      { typename: 'Viewer', table: sql`(select app.viewer_node_id() as id)`, load: this.viewers.byId },
    );
    this.nodes.registerParts({ typename: 'ImportReport', load: this.importReports.byId });
  }
}
