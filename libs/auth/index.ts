/** Who is asking: sessions, signing in, the guard. It knows people by their ids only. */
export { accountMails } from './account.mails.js';
export { hashNewPassword } from './account.service.js';
export { EmailChange } from './address-change.model.js';
export { AddressChangeService } from './address-change.service.js';
export { AuthModule } from './auth.module.js';
export { AuthTasksModule } from './auth-tasks.module.js';
export { CostBudget } from './cost-budget.js';
export { DailyLimit } from './daily-limit.js';
export { DEAD_LINK } from './dead-link.js';
export { hashPassword } from './passwords.js';
export { Session, SignInPayload } from './session.model.js';
export type { AccountContext, NewSession } from './account.repository.js';
export { SessionService, type Device, type SignedIn } from './session.service.js';
export { SessionTokens } from './session-tokens.js';
export { signedIn } from './signed-in.js';
export { Throttle } from './throttle.js';
export { hashToken, newToken } from './tokens.js';
