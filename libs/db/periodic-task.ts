import type { OnApplicationBootstrap, OnModuleDestroy } from '@nestjs/common';

/**
 * Something that every serving process does at its start and then again and again, one time after the other. Several processes
 * do it side by side, so that it must do no harm when done twice or at once.
 */
export abstract class PeriodicTask implements OnApplicationBootstrap, OnModuleDestroy {
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> = Promise.resolve();

  /** @param everyMs from one beginning to the next, in milliseconds */
  protected constructor(private readonly everyMs: number) {}

  /** Does it once. What fails is put right by the next time. */
  protected abstract run(): Promise<void>;

  /** Says that it failed. */
  protected abstract failed(error: unknown): void;

  onApplicationBootstrap(): void {
    const begin = (): void => {
      this.running = this.running
        .then(() => this.run())
        .catch((error: unknown) => {
          this.failed(error);
        });
    };
    begin();
    this.timer = setInterval(begin, this.everyMs).unref();
  }

  /** Waits for what is under way: it needs the database. */
  async onModuleDestroy(): Promise<void> {
    clearInterval(this.timer);
    await this.running;
  }
}
