import { unavailable } from '#graphql';

/** Work of which a part is done by a few at a time. The queue for it is bounded: what comes beyond it is refused at once. */
export class WorkQueue {
  private admitted = 0;
  private running = 0;
  private readonly waiting: (() => void)[] = [];

  /**
   * @param atOnce how many may {@link run} at the same time
   * @param size how many more may be admitted, to wait
   */
  constructor(
    private readonly atOnce: number,
    private readonly size: number,
  ) {}

  /**
   * Does work that leads to {@link run}, if there is room for it: whoever is refused is so before anything was done.
   *
   * @throws what `work` throws; UNAVAILABLE where the queue is full
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

  /** Does the part of admitted work that has to wait for its turn. @throws what `part` throws */
  async run<T>(part: () => Promise<T>): Promise<T> {
    if (this.running < this.atOnce) this.running += 1;
    else await new Promise<void>((begin) => this.waiting.push(begin));
    try {
      return await part();
    } finally {
      const next = this.waiting.shift();
      // The next one takes over the place of this one.
      if (next) next();
      else this.running -= 1;
    }
  }
}
