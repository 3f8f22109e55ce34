import { Writable } from 'node:stream';
import type { LoggerService } from '@nestjs/common';
import { pino, type DestinationStream, type Logger } from 'pino';
import { errorForLog } from '#common';
import type { Settings } from '#settings';

/**
 * The log: lines of JSON in production, plain lines elsewhere.
 *
 * Contains nothing personal: no variables, tokens, addresses or callers. The request id connects the lines of a request, and the
 * error message that the client received.
 *
 * @param to the destination in production; standard output by default
 */
export function makeLog(
  { logLevel: level, nodeEnv }: Pick<Settings, 'logLevel' | 'nodeEnv'>,
  to?: DestinationStream,
): Logger {
  const options = { level, base: null, timestamp: pino.stdTimeFunctions.isoTime, messageKey: 'message' };
  return pino(options, nodeEnv === 'production' ? (to ?? buffered()) : plainLines());
}

/** How long lines are buffered, in milliseconds. */
const WRITTEN_WITHIN_MS = 100;

/**
 * Buffered standard output: a system call for each line took a seventh of the time of a small request. The buffer is written when the
 * process ends and with a fatal line; only SIGKILL loses the last lines. A slow reader loses lines and does not stop the service.
 */
function buffered(): DestinationStream {
  return pino.destination({
    sync: false,
    minLength: 12_288,
    maxLength: 2 ** 23,
    periodicFlush: WRITTEN_WITHIN_MS,
  });
}

/** Passes the log of Nest and our code to pino, with its source. */
export function nestLogger(log: Logger): LoggerService {
  const write = (level: 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace') => {
    return (message: unknown, ...rest: unknown[]): void => {
      // Nest gives (message, stack?, context): the last text is the context.
      const context = rest.at(-1);
      const from = typeof context === 'string' ? { from: context } : {};
      if (message instanceof Error) log[level]({ ...from, ...errorForLog(message) });
      else if (typeof message === 'object' && message !== null) log[level]({ ...from, ...message });
      else log[level](from, String(message));
    };
  };
  return {
    fatal: write('fatal'),
    error: write('error'),
    warn: write('warn'),
    // Nest's messages at start (each route, each module) are texts, and logged at debug level; what the service reports are objects.
    log: (message: unknown, ...rest: unknown[]): void => {
      write(typeof message === 'string' ? 'debug' : 'info')(message, ...rest);
    },
    debug: write('debug'),
    verbose: write('trace'),
  };
}

const LEVELS: Readonly<Record<number, string>> = {
  10: 'trace',
  20: 'debug',
  30: 'info',
  40: 'warn',
  50: 'error',
  60: 'fatal',
};

function plainLines(): Writable {
  return new Writable({
    decodeStrings: false,
    write(line: string, _encoding, done) {
      const { level, time, message, stack, ...rest } = JSON.parse(line) as Record<string, unknown>;
      const details = Object.entries(rest).map(([name, value]) => `${name}=${plain(value)}`);
      const words = [plain(time).slice(11, 23), LEVELS[Number(level)] ?? '', plain(message), ...details];
      process.stdout.write(`${words.filter((word) => word !== '').join(' ')}\n`);
      if (typeof stack === 'string') process.stdout.write(`${stack}\n`);
      done();
    },
  });
}

function plain(value: unknown): string {
  if (value === undefined) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}
