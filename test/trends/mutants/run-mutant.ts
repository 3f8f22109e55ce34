/**
 * Deliberate mistakes in real sources: a function runs in a separate thread, in which some texts of the sources are replaced when they are
 * loaded. A mutant that never ends is stopped.
 */
import { Worker } from 'node:worker_threads';

export interface Replacement {
  /** The end of the path of a source file. */
  readonly file: string;
  /** Must occur in it; the first occurrence is replaced. */
  readonly text: string;
  readonly by: string;
}

export interface MutantRun {
  readonly replacements: readonly Replacement[];
  readonly module: URL;
  /** A function that the module exports, of one argument. */
  readonly call: string;
  /** Copied to the thread, as the result is copied back: data, no functions. */
  readonly argument: unknown;
  readonly timeLimitMs: number;
}

export const TIMED_OUT = Symbol('the time limit was exceeded');

/** @throws Error if the function does, or if a text to replace is not in its file, or the file is not loaded */
export async function runMutant<T>(run: MutantRun): Promise<T | typeof TIMED_OUT> {
  const { replacements, module, call, argument, timeLimitMs } = run;
  const thread = new Worker(new URL('./mutant-thread.js', import.meta.url), {
    workerData: { replacements, module: module.href, call, argument },
  });
  let timer: NodeJS.Timeout | undefined;
  try {
    return await new Promise<T | typeof TIMED_OUT>((resolve, reject) => {
      timer = setTimeout(() => {
        resolve(TIMED_OUT);
      }, timeLimitMs);
      thread.once('message', resolve);
      thread.once('error', reject);
      thread.once('exit', () => {
        reject(new Error('The thread of a mutant ended without a result.'));
      });
    });
  } finally {
    clearTimeout(timer);
    await thread.terminate();
  }
}
