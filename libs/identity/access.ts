import { SetMetadata, type CustomDecorator } from '@nestjs/common';
import type { TokenScope } from './viewer.js';

/** Keys under which the guard finds what a resolver or controller says about who may call it. */
export const ACCESS = { public: 'access:public', tokens: 'access:tokens', former: 'access:former' } as const;

/** Anybody may call this, signed in or not. */
export function Public(): CustomDecorator {
  return SetMetadata(ACCESS.public, true);
}

/** API tokens with one of these scopes may call this too; without it, people only. */
export function ForTokens(...scopes: [TokenScope, ...TokenScope[]]): CustomDecorator {
  return SetMetadata(ACCESS.tokens, scopes);
}

/** Whose employment has ended may call this too. */
export function AllowFormerEmployees(): CustomDecorator {
  return SetMetadata(ACCESS.former, true);
}
