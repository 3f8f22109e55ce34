import { unavailable } from '#graphql';

/** Limits how many tasks run a part of their work at a time. The queue is bounded: further tasks are refused at once. */
export class WorkQueue {
  private admitted = 0;
  private running = 0;
  private readonly waiting: (() => void)[] = [];

  /**
   * @param atOnce how many tasks may {@link run} at the same time
   * @param size how many more tasks may be admitted, to wait
   */
  constructor(
    private readonly atOnce: number,
    private readonly size: number,
  ) {}

  /**
   * Does work that leads to {@link run} if there is room for it. A refused task has done nothing.
   *
   * @throws what `work` throws; UNAVAILABLE when the queue is full
   */
  async admit<T>(work: () => Promise<T>): Promise<T> {
    if (this.admitted >= this.atOnce + this.size) throw unavailable('The service is busy.');
    this.admitted += 1;
    try {
      return await work();
    } finally {
      this.admitted -= 1;
    }
  }

  /** Does the limited part of an admitted task, when it is its turn. @throws what `part` throws */
  async run<T>(part: () => Promise<T>): Promise<T> {
    if (this.running < this.atOnce) this.running += 1;
    else await new Promise<void>((begin) => this.waiting.push(begin));
    try {
      return await part();
    } finally {
      const next = this.waiting.shift();
      // The next task takes over this one's slot.
      if (next) next();
      else this.running -= 1;
    }
  }
}
