/** Organizations and their people. */
export { AccountModule } from './account.module.js';
export { PeopleModule } from './people.module.js';
export { ImportRepository, importPhase, isAlreadyRunning, type ImportOptions } from './import.repository.js';
export type { ImportReportRow } from './import.entity.js';
export { runImport } from './import-run.js';
export { invitationMails } from './invitation.mail.js';
export type { OrganizationRow } from './organization.entity.js';
export { Organization } from './organization.model.js';
export { PersonEntity, type PersonRow } from './person.entity.js';
export { PersonLoader } from './person.loader.js';
export { Person, PersonConnection } from './person.model.js';
export { ViewerModel } from './viewer.model.js';
