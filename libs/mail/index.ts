/** Mail: templates, the outbox, and how the worker sends it. */
export { Links } from './links.js';
export { MailDrainer } from './mail.drainer.js';
export type { MailOptions } from './mail.options.js';
export { MailWorkerModule } from './mail-worker.module.js';
export { words, type MailTemplates, type MailContent } from './mail.template.js';
