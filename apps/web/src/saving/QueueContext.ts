import { createContext, use, useSyncExternalStore } from 'react';
import type { ChangeQueue, QueueState } from './queue.ts';

/** App.tsx provides it. */
export const QueueContext = createContext<ChangeQueue>(undefined as never);

/** What waits, and what was not saved. */
export function useQueueState(): QueueState {
  const { subscribe, snapshot } = use(QueueContext);
  return useSyncExternalStore(subscribe, snapshot);
}
