/** The GraphQL frame: connections, cursors, scalars, errors, limits, loaders. It knows no domain. */
export { ACCESS, ForFormer, ForTokens, Public } from './access.js';
export { Authenticator } from './authenticator.js';
export {
  Connection,
  DEFAULT_PAGE,
  LARGEST_PAGE,
  Page,
  PageArgs,
  PageInfo,
  pageSize,
  type Edge,
  type PageArguments,
} from './connection.js';
export { DeleteInput, DeletePayload, EditConflict, editable } from './edits.js';
export {
  ApiError,
  ERROR_CODES,
  badInput,
  conflict,
  idempotencyKeyReused,
  notFound,
  notPermitted,
  rateLimited,
  tooComplex,
  unauthenticated,
  type ErrorCode,
  type FieldError,
} from './errors.js';
export { describe } from './failures.js';
export { GraphqlModule, SCHEMA_OPTIONS, type GraphqlOptions } from './graphql.module.js';
export {
  Keyset,
  eachParent,
  keyset,
  type Keyed,
  type KeyType,
  type OfParent,
  type SortKey,
} from './keyset.js';
export { LIMITS, type Limits } from './limits.js';
export {
  LARGEST_BATCH,
  operationLoader,
  pageLoader,
  type Batch,
  type Loader,
  type PageBatch,
} from './loaders.js';
export { MOST_NODES, NodeModel, NodeRegistry, type NodeSource } from './node.js';
export { WithoutKey } from './once.js';
export { Operation, type OperationRequest } from './operation.js';
export {
  CalendarDate,
  DateTime,
  EmailAddress,
  LONGEST_MARKDOWN,
  Markdown,
  RecurrenceRule,
  TimeZone,
  isEmailAddress,
  isRecurrenceRule,
  isTimeZone,
} from './scalars.js';
export {
  IdPipe,
  InputPipe,
  IsId,
  IsPossiblyEmptyText,
  IsText,
  IsTitle,
  LONGEST_TITLE,
  NO_ID,
  isId,
} from './validation.js';
