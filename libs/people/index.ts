/** Organizations and their people. */
export { AccountModule } from './accounts/account.module.js';
export { PeopleModule } from './people.module.js';
export { PeopleTasksModule } from './people-tasks.module.js';
export {
  ImportRepository,
  importPhase,
  isAlreadyRunning,
  type ImportOptions,
} from './import/import.repository.js';
export type { ImportReportRow } from './import/import.entity.js';
export { runImport } from './import/import-run.js';
export { apiTokenMails } from './accounts/api-token.mail.js';
export { invitationMails } from './accounts/invitation.mail.js';
export { AuditTrail } from './organization/audit.service.js';
export type { OrganizationRow } from './organization/organization.entity.js';
export { OrganizationLoader } from './organization/organization.loader.js';
export { Organization, OrganizationPayload } from './organization/organization.model.js';
export { PersonEntity, type PersonRow } from './directory/person.entity.js';
export { PersonLoader } from './directory/person.loader.js';
export { openNow, readableEnd } from './directory/reporting-line.repository.js';
export { Person, PersonConnection } from './directory/person.model.js';
export { ViewerModel } from './directory/viewer.model.js';
