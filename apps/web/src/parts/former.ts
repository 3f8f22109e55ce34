import { createContext, use } from 'react';

/** What somebody whose employment has ended still has: their own goals, for a while. */
export interface Former {
  /** When their access ends. Undefined until the service has answered. */
  readonly accessEndsAt: string | undefined;
}

export const FormerContext = createContext<Former | undefined>(undefined);

/** Undefined for everybody who is employed. */
export function useFormer(): Former | undefined {
  return use(FormerContext);
}
