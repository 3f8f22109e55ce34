import { Injectable } from '@nestjs/common';
import { csvLine } from '#common';
import { Database, type ViewerContext } from '#db';
import { assertNoFaults, notFound, notPermitted } from '#graphql';
import { readPeriodKey } from '../period-key.js';
import type { TrendReleaseRow } from '../trend-release.entity.js';
import { TrendReleaseRepository } from '../trend-release.repository.js';
import { readRange } from '../trend.rules.js';
import { TrendCsvRepository, type TrendLinePlace } from './trend-csv.repository.js';

/** Lines that are read at a time. */
const LINES = 5_000;

const HEADER = [
  'period',
  'tree',
  'group_key',
  'label',
  'parent_key',
  'metric',
  'driver',
  'status',
  'value',
  'bound',
  'rounded_to',
  'people_band',
  'definition_version',
  'released_at',
] as const;

/** Releases as CSV files: the figures of engagementTrend, with the same rules about who reads them. */
@Injectable()
export class TrendCsvService {
  constructor(
    private readonly database: Database,
    private readonly releases: TrendReleaseRepository,
    private readonly lines: TrendCsvRepository,
  ) {}

  /** The release of one period. @throws NOT_PERMITTED; NOT_FOUND where the caller cannot read one with this key */
  async release(ctx: ViewerContext, key: string): Promise<TrendReleaseRow> {
    assertReader(ctx);
    const period = readPeriodKey(key);
    if (period === undefined) throw notFound();
    const { organizationId } = ctx.viewer;
    const found = await this.database.read(ctx, (em) => this.releases.findByKey(em, organizationId, key));
    if (!found) throw notFound();
    return found;
  }

  /** The releases of the months and quarters within these months. @throws NOT_PERMITTED; BAD_USER_INPUT */
  async releasesWithin(
    ctx: ViewerContext,
    range: { readonly from: string; readonly to: string },
  ): Promise<TrendReleaseRow[]> {
    assertReader(ctx);
    const { from, to, faults } = readRange(range, 'MONTH');
    assertNoFaults([...faults]);
    const { organizationId } = ctx.viewer;
    return this.database.read(ctx, (em) => this.releases.findWithin(em, organizationId, { from, to }));
  }

  /**
   * The lines of these releases, a page of them at a time.
   *
   * @throws NOT_FOUND where the caller may no longer read a release: otherwise a file that ends there would look complete
   */
  async *file(ctx: ViewerContext, releases: readonly TrendReleaseRow[]): AsyncGenerator<string> {
    yield csvLine(HEADER);
    for (const release of releases) {
      const releasedAt = release.releasedAt.toISOString();
      let after: TrendLinePlace | undefined;
      for (;;) {
        const { page, isReadable } = await this.database.read(ctx, async (em) => ({
          page: await this.lines.findLines(em, release.id, after, LINES),
          isReadable: (await this.releases.findByIds(em, [release.id])).length > 0,
        }));
        if (!isReadable) throw notFound();
        yield page
          .map((line) =>
            csvLine([
              release.periodKey,
              line.tree,
              line.groupKey,
              line.label,
              line.parentKey,
              line.metric,
              line.driver,
              line.status,
              line.value,
              line.bound,
              line.roundedTo,
              line.people,
              line.definitionVersion,
              releasedAt,
            ]),
          )
          .join('');
        if (page.length < LINES) break;
        after = page.at(-1);
      }
    }
  }
}

/** The same people and tokens as in GraphQL. */
function assertReader({ viewer }: ViewerContext): void {
  if (viewer.personId === null ? !viewer.scopes.includes('TRENDS_READ') : !viewer.employed)
    throw notPermitted();
}
