/**
 * The service's releaser as a target of the attack: TrendReleaser and all that it uses run as in the worker; only the database is replaced, by a
 * repository that answers from a random organization and keeps what is written.
 */
import { Logger } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { TrendReleaser } from '../../../libs/engagement/trends/worker/trend-releaser.js';
import type { DuePeriod } from '../../../libs/engagement/trends/worker/trend-worker.repository.js';
import { type PublishedRow, type Releaser, cellOf } from '../attack/published-rows.js';
import { withoutPeople } from '../attack/reference-releasers.js';
import type { Target } from '../attack/target.js';
import {
  type Definitions,
  type World,
  isQuarter,
  lastMonthOf,
  monthsOf,
  quarterOf,
} from '../attack/world.js';
import { serviceMutants } from './mutants.js';
import { type DatabaseMistakes, WorldRepository } from './world-repository.js';

/** Nothing is read from a database. */
const NO_DATABASE = null as unknown as EntityManager;

// Its log has lines for each population of each period.
Logger.overrideLogger(false);

/** The service's releaser on a database with some mistakes; without any, the service. */
export function serviceReleaser(mistakes: DatabaseMistakes = {}): Releaser {
  const release: Releaser = async (world, quarters) => {
    const repository = new WorldRepository(world, mistakes);
    const releaser = new TrendReleaser(repository);
    for (const quarter of quarters)
      for (const period of [...monthsOf(quarter), quarter])
        await releaser.release(NO_DATABASE, dueOf(world, period, mistakes));
    return repository.rows;
  };
  return mistakes.releasedAgain ? releasedAgain(release) : release;
}

/** At each release, figures of the quarter before are computed again without those who have left since. */
function releasedAgain(release: Releaser): Releaser {
  return async (world, quarters) => {
    const rows = [...(await release(world, quarters))];
    const first = new Map(rows.map((row) => [cellOf(row), row]));
    const again: PublishedRow[] = [];
    for (const [index, quarter] of quarters.entries()) {
      const next = quarters[index + 1];
      if (next === undefined) continue;
      const left = world.departures.filter(
        ({ month, kind }) => kind !== 'MOVED' && month > lastMonthOf(quarter) && month <= lastMonthOf(next),
      );
      const gone = new Set(left.map(({ person }) => person));
      let rest = world;
      for (const period of [...monthsOf(quarter), quarter]) rest = withoutPeople(rest, period, gone);
      const at = rows.find(({ period }) => period === next)!.released_at;
      for (const row of await release(rest, [quarter])) {
        const before = first.get(cellOf(row))!;
        const isBoth = row.status === 'RELEASED' && before.status === 'RELEASED';
        if (isBoth && row.period === quarter && row.value !== before.value)
          again.push({ ...row, released_at: at });
      }
    }
    return [...rows, ...again];
  };
}

function dueOf(world: World, period: string, { laterMinimum }: DatabaseMistakes): DuePeriod {
  const isLater = period >= quarterOf(world.months[12] ?? '9999-12');
  return {
    periodId: period,
    quarterId: quarterOf(period),
    organizationId: 'organization',
    organizationName: 'Organization',
    periodKey: period,
    granularity: isQuarter(period) ? 'QUARTER' : 'MONTH',
    // Read by the database only.
    startsOn: '',
    endsOn: '',
    minimumGroupSize: laterMinimum !== undefined && isLater ? laterMinimum : world.minimum,
  };
}

export const SERVICE_DEFINITIONS: Definitions = {
  scores: 'BY_MONTH_ASKED',
  leaders: 'BY_THEMSELVES',
  bounds: 'OUTWARDS',
};

export const target: Target = {
  releasers: [{ name: 'the service', release: serviceReleaser() }],
  mutants: serviceMutants(SERVICE_DEFINITIONS),
  definitions: SERVICE_DEFINITIONS,
};
