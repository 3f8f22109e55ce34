/** Mail that leaves with the transaction that causes it. */
export { Links } from './links.js';
export { MailModule } from './mail.module.js';
export type { Mail } from './outbox.repository.js';
export { Outbox } from './outbox.service.js';
