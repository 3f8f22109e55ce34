import { CombinedGraphQLErrors, ServerError, ServerParseError } from '@apollo/client/errors';

/** What went wrong, as far as it makes a difference for the person. */
export type Failure =
  | { readonly kind: 'signed-out' }
  | { readonly kind: 'offline' }
  | { readonly kind: 'outdated' }
  | { readonly kind: 'refused' }
  | { readonly kind: 'busy'; readonly seconds: number }
  | { readonly kind: 'fault'; readonly requestId: string | undefined };

export function failureOf(error: unknown): Failure {
  if (CombinedGraphQLErrors.is(error)) {
    const [first] = error.errors;
    const extensions = first?.extensions ?? {};
    switch (extensions['code']) {
      case 'UNAUTHENTICATED':
        return { kind: 'signed-out' };
      case 'NOT_PERMITTED':
        return { kind: 'refused' };
      // Also while the first attempt, whose answer was lost, is not finished yet.
      case 'RATE_LIMITED':
      case 'UNAVAILABLE':
      case 'IDEMPOTENCY_KEY_IN_USE':
        return { kind: 'busy', seconds: numberOf(extensions['retryAfter']) };
      default:
        return { kind: 'fault', requestId: textOf(extensions['requestId']) };
    }
  }
  if (ServerError.is(error) || ServerParseError.is(error)) {
    return error.statusCode >= 502 && error.statusCode <= 504
      ? { kind: 'busy', seconds: 0 }
      : { kind: 'fault', requestId: undefined };
  }
  if (error instanceof TypeError && /dynamically imported module|module script/i.test(error.message)) {
    return navigator.onLine ? { kind: 'outdated' } : { kind: 'offline' };
  }
  if (error instanceof TypeError && /fetch|network|load failed/i.test(error.message))
    return { kind: 'offline' };
  return { kind: 'fault', requestId: undefined };
}

const numberOf = (value: unknown): number => (typeof value === 'number' ? value : 0);
const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);
