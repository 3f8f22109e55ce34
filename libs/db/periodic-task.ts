import type { OnApplicationBootstrap, OnModuleDestroy } from '@nestjs/common';

/**
 * A task that every process runs at startup and then periodically, one run at a time. Several processes run it concurrently, so a
 * run must be safe to repeat and to run in parallel.
 */
export abstract class PeriodicTask implements OnApplicationBootstrap, OnModuleDestroy {
  private timer: NodeJS.Timeout | undefined;
  private current: Promise<void> = Promise.resolve();

  /** @param intervalMs from one start to the next, in milliseconds */
  protected constructor(private readonly intervalMs: number) {}

  /** Runs the task once. What a failed run leaves undone, the next one does. */
  protected abstract run(): Promise<void>;

  /** Logs that a run failed. */
  protected abstract failed(error: unknown): void;

  onApplicationBootstrap(): void {
    const start = (): void => {
      this.current = this.current
        .then(() => this.run())
        .catch((error: unknown) => {
          this.failed(error);
        });
    };
    start();
    this.timer = setInterval(start, this.intervalMs).unref();
  }

  /** Waits for the current run, which needs the database. */
  async onModuleDestroy(): Promise<void> {
    clearInterval(this.timer);
    await this.current;
  }
}
