/**
 * The service must not start. The message is for the operator: one clear sentence, and what to do. It never holds a
 * password; programs print it without a stack trace.
 */
export class StartError extends Error {
  override readonly name = 'StartError';
}
