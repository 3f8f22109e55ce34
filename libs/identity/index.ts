/** Who a request runs for, and the decorators that say who may call a resolver. Values only: no database, no HTTP. */
export { ACCESS, AllowFormerEmployees, ForTokens, Public } from './access.js';
export { ROLES, TOKEN_SCOPES, type PersonViewer, type Role, type TokenScope, type Viewer } from './viewer.js';
