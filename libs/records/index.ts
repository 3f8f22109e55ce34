/** What becomes of records: how long they are kept, what a person takes with them, and what is erased. */
export { RecordsModule } from './records.module.js';
export { RecordsTasksModule } from './records-tasks.module.js';
export { erasureMails } from './erasure/erasure.mail.js';
export { leaverMails } from './retention/leaver.mail.js';
