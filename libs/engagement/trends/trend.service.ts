import { Injectable } from '@nestjs/common';
import { Database, type ViewerContext } from '#db';
import { assertNoFaults, badInput, type Page, type PageArguments } from '#graphql';
import type { EngagementTrendArgs } from './trend.inputs.js';
import { METRICS } from './trend-metric.js';
import type { EngagementTrend, TrendSeries } from './trend.model.js';
import { TrendRepository, type TrendFigureRow } from './trend.repository.js';
import { readRange, ROOT_KEY, trendFaults } from './trend.rules.js';
import type { TrendReleaseRow } from './trend-release.entity.js';
import { TrendReleaseRepository } from './trend-release.repository.js';

/** The most figures of one answer: 1,000 groups over 24 months. */
const MOST_FIGURES = 24_000;

/** Figures of engagement trends, from released rows alone. Policies decide which releases the viewer reads. */
@Injectable()
export class TrendService {
  constructor(
    private readonly database: Database,
    private readonly trends: TrendRepository,
    private readonly batches: TrendReleaseRepository,
  ) {}

  releases(ctx: ViewerContext, page: PageArguments): Promise<Page<TrendReleaseRow>> {
    return this.database.read(ctx, (em) => this.batches.findPage(em, ctx.viewer.organizationId, page));
  }

  /** @throws BAD_USER_INPUT for arguments that do not go together, and for more than 24,000 figures */
  async trend(ctx: ViewerContext, args: EngagementTrendArgs): Promise<EngagementTrend> {
    const { metric, tree, granularity } = args;
    const driver = args.driver ?? null;
    const range = readRange(args, granularity);
    assertNoFaults([...trendFaults(args), ...range.faults]);
    const figures = await this.database.read(ctx, (em) =>
      this.trends.findFigures(
        em,
        {
          organizationId: ctx.viewer.organizationId,
          metric,
          driver,
          tree,
          group: args.group ?? ROOT_KEY,
          granularity,
          from: range.from,
          to: range.to,
        },
        MOST_FIGURES + 1,
      ),
    );
    if (figures.length > MOST_FIGURES) {
      throw badInput(
        'to',
        'This is more than 24,000 figures: ask for fewer periods, or fetch the CSV file.',
        'TOO_MANY',
      );
    }
    const last = figures.reduce<TrendFigureRow | undefined>(
      (latest, figure) => (latest === undefined || figure.startsOn > latest.startsOn ? figure : latest),
      undefined,
    );
    return {
      metric,
      driver,
      tree,
      minimumGroupSize: last?.minimumGroupSize ?? null,
      roundedTo: last?.roundedTo ?? METRICS[metric].roundedTo,
      definitionVersion: last?.definitionVersion ?? METRICS[metric].version,
      series: seriesOf(figures),
    };
  }
}

/** One series for each span of each group; the figures of a span follow each other. */
function seriesOf(figures: readonly TrendFigureRow[]): TrendSeries[] {
  const series: TrendSeries[] = [];
  for (const figure of figures) {
    const { key, validFrom, periodKey, startsOn, endsOn } = figure;
    let current = series.at(-1);
    if (current?.group.key !== key || current.group.validFrom !== validFrom) {
      const { label, parentKey, validUntil } = figure;
      current = { group: { key, label, parentKey, validFrom, validUntil }, points: [] };
      series.push(current);
    }
    const { status, value, bound, people, definitionVersion } = figure;
    const period = { key: periodKey, startsOn, endsOn, closed: true };
    current.points.push({ period, status, value, bound, people, definitionVersion });
  }
  return series;
}
