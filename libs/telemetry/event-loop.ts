import { monitorEventLoopDelay } from 'node:perf_hooks';

/** How often Node samples the event loop, in milliseconds. */
const RESOLUTION_MS = 20;
const WINDOW_MS = 1_000;

/**
 * Records the longest event loop delay of each second, in seconds. These values can be aggregated over any interval; a percentile that
 * is reset at each scrape cannot.
 *
 * @returns a function that stops recording
 */
export function watchEventLoop(record: (seconds: number) => void): () => void {
  const delays = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  delays.enable();
  const timer = setInterval(() => {
    // Node measures the time between two samples, which includes the resolution.
    if (delays.count > 0) record(Math.max(0, delays.max / 1e9 - RESOLUTION_MS / 1e3));
    delays.reset();
  }, WINDOW_MS).unref();
  return () => {
    clearInterval(timer);
    delays.disable();
  };
}
