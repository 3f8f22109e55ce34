/** Mail: templates, the outbox, and how the worker sends it. */
export { Links } from './links.js';
export { MailMonitor } from './mail-monitor.js';
export { MailWorkerModule } from './mail-worker.module.js';
export { dayOf, words, type MailTemplates, type MailContent } from './mail.template.js';
