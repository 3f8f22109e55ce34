import { SingleBar } from 'cli-progress';
import type { Progress } from './data.ts';

/** On standard error: a bar for people, a line now and then for logs. */
export function showProgress(what: string): { readonly at: Progress; readonly stop: () => void } {
  if (process.stderr.isTTY) {
    const bar = new SingleBar({
      format: `${what} {bar} {percentage} %, {doing}`,
      stream: process.stderr,
      hideCursor: true,
    });
    bar.start(1, 0, { doing: '' });
    return {
      at: (share, doing) => {
        bar.update(share, { doing });
      },
      stop: () => {
        bar.stop();
      },
    };
  }
  const began = Date.now();
  let reported = -10;
  return {
    at: (share, doing) => {
      const percent = Math.floor(100 * share);
      if (percent < reported + 10) return;
      reported = percent;
      const seconds = Math.round((Date.now() - began) / 1000);
      console.error(`${what}: ${String(percent)} % after ${String(seconds)} s, ${doing}`);
    },
    stop: () => undefined,
  };
}
