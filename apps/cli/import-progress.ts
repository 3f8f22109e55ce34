import { SingleBar } from 'cli-progress';

/** The progress of an import, for terminals and logs. */
export interface ImportProgress {
  /** A phase begins, with its description. */
  phase(name: string): void;
  /** The number of bytes read. */
  read(bytes: number, rows: number): void;
  /** The import has ended. */
  stop(): void;
}

/** The first line comes within a second; then one every few seconds, also while a single statement runs for minutes. */
const FIRST_MS = 500;
const EVERY_MS = 5_000;

/**
 * Progress on standard error: lines, and at a terminal a bar while the file is read.
 *
 * @param size the file's, in bytes
 */
export function importProgress(size: number): ImportProgress {
  const began = Date.now();
  const bar = process.stderr.isTTY
    ? new SingleBar({
        format: 'Reading {bar} {percentage} %, {rows} rows',
        stream: process.stderr,
        hideCursor: true,
      })
    : undefined;
  let phase = 'Connecting to the database';
  let figures = '';
  let isReading = false;
  const line = (): void => {
    console.error(`${phase}${figures} … (${String(Math.round((Date.now() - began) / 1_000))} s)`);
  };
  const tick = (): void => {
    if (bar === undefined || !isReading) line();
    timer = setTimeout(tick, EVERY_MS);
  };
  let timer = setTimeout(tick, FIRST_MS);
  const endReading = (): void => {
    if (isReading) bar?.stop();
    isReading = false;
  };
  return {
    phase: (name) => {
      endReading();
      phase = name;
      figures = '';
      line();
    },
    read: (bytes, rows) => {
      const count = rows.toLocaleString('en');
      if (!isReading) {
        isReading = true;
        phase = 'Reading the file';
        if (bar) bar.start(size, bytes, { rows: count });
        else line();
      }
      bar?.update(bytes, { rows: count });
      figures = `: ${count} rows, ${String(size === 0 ? 100 : Math.floor((100 * bytes) / size))} %`;
    },
    stop: () => {
      endReading();
      clearTimeout(timer);
    },
  };
}
