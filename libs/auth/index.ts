/** Who is asking: sessions, sign-in, the guard. It knows people by their ids only. */
export { ForFormer, ForTokens, Public } from '#graphql';
export { AnyViewer, CurrentViewer, isPerson } from './current-viewer.js';
export { AuthModule } from './auth.module.js';
export { hashToken, newToken } from './tokens.js';
