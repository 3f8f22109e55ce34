/** The GraphQL frame: connections, cursors, scalars, errors, limits, loaders. It knows no domain. */
export { Authenticator, type CachedIdentity } from './authenticator.js';
export { Connection, isBackward, Page, PageArgs, type PageArguments } from './pagination/connection.js';
export { EditOf, TextEditOf } from './edit-input.js';
export {
  OPERATION_OUTCOME_CHANNEL,
  UNTRACEABLE_CHANNEL,
  type OperationOutcome,
  type OutcomeCode,
} from './diagnostics.js';
export { derivedId, ResolveId } from './derived-id.js';
export { compareEdit, DeleteInput, DeletePayload, EditConflict, editable } from './edits.js';
export {
  ApiError,
  assertNoFaults,
  badInput,
  conflict,
  type FieldCode,
  notFound,
  notPermitted,
  rateLimited,
  type InputFault,
  invalidCredentials,
  unauthenticated,
  unavailable,
} from './errors/errors.js';
export { GraphqlModule, SCHEMA_OPTIONS } from './graphql.module.js';
export { eachParent, keyset, type Keyed, type OfParent } from './pagination/keyset.js';
export { createLoader, createPageLoader, type Loader } from './loaders.js';
export { NodeModel, NodeRegistry } from './node.js';
export type { CostReport, CostReservation } from './limits/cost.js';
export { LIMITS, LargeInput } from './limits/limits.js';
export { withRootTypes } from './root-types.js';
export { isMeasuredNumber, IsMeasuredNumber } from './numbers.js';
export { CurrentContext, ViewerOrToken, type PersonRequest, type ViewerRequest } from './current-context.js';
export { NoIdempotencyKey } from './idempotency/idempotency.js';
export { isFromAllowedOrigin } from './origin.js';
export { RequestContext, type SessionCookie } from './request-context.js';
export { selectsOnlyId } from './selects-only-id.js';
export {
  CalendarDate,
  DateTime,
  EmailAddress,
  LONGEST_MARKDOWN,
  Markdown,
  RecurrenceRule,
  TimeZone,
  FIRST_DAY,
  LAST_DAY,
} from './scalars.js';
export { EventQueue } from './subscriptions/event-queue.js';
export {
  SUBSCRIPTION_ENDED,
  type EventRoot,
  type EventSource,
  type SubscriptionEvent,
} from './subscriptions/subscription-event.js';
export { SubscriptionServer } from './subscriptions/subscription-server.js';
export { Untraceable } from './untraceable.js';
export {
  CanBeOmitted,
  IdPipe,
  IsId,
  isId,
  IsName,
  IsPossiblyEmptyText,
  IsText,
  IsTitle,
  textProblemCode,
} from './validation.js';
