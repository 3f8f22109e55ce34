/**
 * How much longer than the statement timeout PostgreSQL may be silent, in milliseconds. PostgreSQL cancels slow statements itself;
 * only a server that hangs, or a network that drops packets, is silent for longer.
 */
const GRACE_MS = 2_000;

/** Calls back when PostgreSQL has been silent for too long while a response is due. */
export class ResponseTimeout {
  private timeoutMs: number | undefined;
  private timer: NodeJS.Timeout | undefined;
  /** Messages sent whose response has not ended. */
  private pending = 0;
  private responses = 0;

  constructor(private readonly onTimeout: () => void) {}

  /** @param statementTimeoutMs of each statement from now on; 0: no limit */
  setStatementTimeout(statementTimeoutMs: number): void {
    this.timeoutMs = statementTimeoutMs > 0 ? statementTimeoutMs + GRACE_MS : undefined;
  }

  messageSent(): void {
    this.pending += 1;
    if (this.pending > 1 || this.timeoutMs === undefined) return;
    this.timer = setTimeout(() => {
      const { responses } = this;
      // If this process was busy, the response may have arrived already: it is read before setImmediate runs.
      setImmediate(() => {
        if (this.pending > 0 && this.responses === responses) this.onTimeout();
      });
    }, this.timeoutMs);
  }

  /** One statement of a message has ended; each may take its full time. */
  statementEnded(): void {
    this.responses += 1;
    this.timer?.refresh();
  }

  messageEnded(): void {
    this.pending -= 1;
    this.responses += 1;
    if (this.pending === 0) clearTimeout(this.timer);
    else this.timer?.refresh();
  }
}
