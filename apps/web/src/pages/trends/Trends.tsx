import { getRouteApi } from '@tanstack/react-router';
import { useDeferredValue, type ReactNode } from 'react';
import { graphql } from '../../graphql/index.ts';
import { usePageQuery } from '../../parts/page-query.tsx';
import { useRest } from '../../parts/rest.tsx';
import { useWords } from '../../words/words.tsx';
import { Files } from './Files.tsx';
import { Figures } from './Figures.tsx';
import { isQuarter } from './figures.ts';
import { Quarters } from './Quarters.tsx';
import { lastTwoYears, shownTrend } from './search.ts';
import { TrendControls } from './TrendControls.tsx';
import classes from './Trends.module.css';

const TRENDS = graphql(`
  query Trends(
    $metric: TrendMetric!
    $driver: Driver
    $tree: TrendTree!
    $group: String
    $by: Granularity!
    $from: String!
    $to: String!
    $releasesAfter: String
  ) {
    viewer {
      id
      ...Respondent
    }
    engagementTrend(
      metric: $metric
      driver: $driver
      tree: $tree
      group: $group
      granularity: $by
      from: $from
      to: $to
    ) {
      series {
        group {
          key
          label
        }
      }
      ...Figures
    }
    trendReleases(first: 40, after: $releasesAfter) {
      nodes {
        id
        period {
          key
        }
        ...Quarter
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);

const route = getRouteApi('/shell/trends');

/** Engagement trends: the same figures for everybody who may read them, what moved, and what is done about it. */
export function Trends(): ReactNode {
  const { say } = useWords();
  const search = route.useSearch();
  // The figures that were asked for last stay until the next ones are there.
  const deferred = useDeferredValue(search);
  const shown = shownTrend(deferred);
  const variables = { ...shown, driver: shown.driver ?? null, ...lastTwoYears(shown.by) };
  const data = usePageQuery(TRENDS, variables);
  useRest(data.trendReleases?.pageInfo, {
    query: TRENDS,
    variables,
    path: ['trendReleases'],
    cursor: 'releasesAfter',
  });
  const group = data.engagementTrend?.series.find((one) => one.group.key === shown.group)?.group.label;
  const releases = data.trendReleases?.nodes ?? [];

  return (
    <div className={classes['page']}>
      <title>{`${say('trends.title')} – Mutual`}</title>
      <header>
        <h1 className={classes['title']}>{say('trends.title')}</h1>
        <p className={classes['soft']}>{say('trends.intro')}</p>
        {releases.some(({ period }) => isQuarter(period.key)) && (
          // What people act on comes after all pictures and the table.
          <a className={classes['jump']} href="#responses">
            {say('trends.responses')}
          </a>
        )}
      </header>
      {releases.length === 0 ? (
        <p className={classes['empty']}>{say('trends.nothingReleased')}</p>
      ) : (
        <>
          <TrendControls shown={shownTrend(search)} />
          <div data-stale={deferred !== search || undefined} className={classes['figures']}>
            {data.engagementTrend != null && <Figures trend={data.engagementTrend} shown={shown} />}
          </div>
          <Files periods={releases.map(({ period }) => period.key)} />
          {data.viewer != null && (
            <Quarters
              releases={releases.filter(({ period }) => isQuarter(period.key))}
              viewer={data.viewer}
              shown={shown}
              group={group ?? ''}
            />
          )}
        </>
      )}
    </div>
  );
}
