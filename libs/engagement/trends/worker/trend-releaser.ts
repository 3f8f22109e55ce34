import { setImmediate } from 'node:timers/promises';
import { Injectable, Logger, Optional } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { engagementIndex } from '../release/engagement-index.js';
import { releasePopulation } from '../release/release-population.js';
import type { MetricCells } from '../release/types.js';
import { TrendPopulationReader } from './trend-population-reader.js';
import { populationsOf } from './trend-populations.js';
import { TrendReleaseWriter } from './trend-release-writer.js';
import { TrendWorkerRepository, type DuePeriod } from './trend-worker.repository.js';

/**
 * Releases one period, in the caller's transaction: reads people, groups and values, lets the engine decide what is released (Rule T), and
 * writes one batch. Nothing of it is there before the commit; a second call for the same period does nothing.
 */
@Injectable()
export class TrendReleaser {
  private readonly reader: TrendPopulationReader;

  constructor(
    private readonly repository: TrendWorkerRepository,
    /** The log of the service, unless given. */
    @Optional() private readonly logger: Pick<Logger, 'log'> = new Logger('Trends'),
  ) {
    this.reader = new TrendPopulationReader(repository);
  }

  /** @returns false where the period was released already, is being released, or an earlier one of its organization is not */
  async release(em: EntityManager, due: DuePeriod): Promise<boolean> {
    const began = performance.now();
    const releaseId = await this.repository.begin(em, due);
    if (releaseId === null) return false;
    const writer = new TrendReleaseWriter(this.repository, em, due, releaseId);
    const read = await this.reader.period(em, due);
    const { trees, people } = read.input;
    this.log(due, 'people and groups read', { people, groups: read.groups.length });
    await writer.groups(read.groups);

    const scores: MetricCells[] = [];
    for (const one of populationsOf(due.granularity)) {
      // Other jobs of this process run in between.
      await setImmediate();
      const { period, population } = await this.reader.population(em, due, read, one);
      const released = releasePopulation(period, population);
      if (one.metric === 'PULSE_SCORE') scores.push(...released.metrics);
      await writer.figures(released.metrics, trees);
      await writer.people(population, released, period.trees, read.participants);
      this.log(due, 'figures computed', {
        population: population.key,
        people: population.people.length,
        groups: released.report.map(({ tree, eligible, released: shown, suppressed }) => ({
          tree,
          eligible,
          released: shown,
          suppressed,
        })),
      });
    }
    if (due.granularity === 'QUARTER') await writer.figures([engagementIndex(scores)], trees);
    await writer.complete();
    this.log(due, 'released', { seconds: Math.round((performance.now() - began) / 100) / 10 });
    return true;
  }

  private log({ organizationId, periodKey }: DuePeriod, message: string, numbers: object): void {
    this.logger.log({
      message: `trends: ${message}`,
      organization: organizationId,
      period: periodKey,
      ...numbers,
    });
  }
}
