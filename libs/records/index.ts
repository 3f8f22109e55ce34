/** What becomes of records: how long they are kept. */
export { RecordsModule } from './records.module.js';
export { RecordsTasksModule } from './records-tasks.module.js';
export { leaverMails } from './retention/leaver.mail.js';
