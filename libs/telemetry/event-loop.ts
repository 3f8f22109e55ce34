import { monitorEventLoopDelay } from 'node:perf_hooks';

/** How often the event loop is looked at, in milliseconds. */
const RESOLUTION_MS = 20;
/** Of how long the longest delay is told, in milliseconds. */
const WINDOW_MS = 1_000;

/**
 * Tells, for each second, the longest time in seconds that the event loop kept something waiting. Everything that is told can be
 * added up, whoever reads it how often; a percentile that is reset with each reading cannot.
 *
 * @returns ends it
 */
export function watchEventLoop(tell: (seconds: number) => void): () => void {
  const delays = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  delays.enable();
  const timer = setInterval(() => {
    // What Node measures is the time between two looks, which should be the resolution.
    if (delays.count > 0) tell(Math.max(0, delays.max / 1e9 - RESOLUTION_MS / 1e3));
    delays.reset();
  }, WINDOW_MS).unref();
  return () => {
    clearInterval(timer);
    delays.disable();
  };
}
