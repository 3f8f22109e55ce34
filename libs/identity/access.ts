import { SetMetadata, type CustomDecorator } from '@nestjs/common';
import type { TokenScope } from './viewer.js';

/** Metadata keys of the decorators below, read by the guard in libs/auth. */
export const ACCESS = { public: 'access:public', tokens: 'access:tokens', former: 'access:former' } as const;

/** Allows calls without a session. */
export function Public(): CustomDecorator {
  return SetMetadata(ACCESS.public, true);
}

/** Also allows API tokens with one of these scopes. Without it, only people can call. */
export function ForTokens(...scopes: [TokenScope, ...TokenScope[]]): CustomDecorator {
  return SetMetadata(ACCESS.tokens, scopes);
}

/** Also allows people whose employment has ended. */
export function AllowFormerEmployees(): CustomDecorator {
  return SetMetadata(ACCESS.former, true);
}
