/**
 * The process cannot start. The message tells the operator, in one sentence, what is wrong and what to do. It never contains a
 * password. Programs print it without a stack trace.
 */
export class StartError extends Error {
  override readonly name = 'StartError';
}
