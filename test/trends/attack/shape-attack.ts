/** (d) Whether anything besides values, bounds, bands and statuses depends on people: fields, rows, their order, and times. */
import type { Finding } from './finding.js';
import { BANDS, type PublishedRow, cellOf } from './published-rows.js';
import { ORGANIZATION } from './trees.js';
import type { World } from './world.js';

const BOUNDS = ['ROUNDED', 'AT_LEAST', 'AT_MOST', 'APPROXIMATE'];

export function shapeAttack(world: World, rows: readonly PublishedRow[]): Finding[] {
  const findings: Finding[] = [];
  const report = (period: string, detail: string) => findings.push({ kind: 'SHAPE', period, detail });
  for (const row of rows) {
    const fault = faultOf(row);
    if (fault !== undefined) report(row.period, `${cellOf(row)}: ${fault}`);
  }
  const first = new Map<string, PublishedRow>();
  for (const row of rows) {
    const before = first.get(cellOf(row));
    if (before === undefined) first.set(cellOf(row), row);
    else findings.push({ kind: 'FROZEN', period: row.period, detail: `${cellOf(row)} was published again` });
  }
  const byPeriod = Map.groupBy(first.values(), ({ period }) => period);
  for (const [period, list] of byPeriod) {
    for (const fault of faultsOfPeriod(world, list)) report(period, fault);
  }
  return findings;
}

function faultOf(row: PublishedRow): string | undefined {
  const figures = [row.value, row.bound, row.people_band];
  if (row.status === 'SUPPRESSED')
    return figures.some((figure) => figure !== null) ? 'a suppressed row has a figure' : undefined;
  if (row.status !== 'RELEASED') return `the status ${row.status} gives a reason`;
  if (row.value === null || row.rounded_to === null) return 'a released row has no figure';
  if (!BOUNDS.includes(row.bound ?? '')) return `the bound ${row.bound ?? 'null'} is unknown`;
  if (BANDS[row.people_band ?? ''] === undefined)
    return `the people band ${row.people_band ?? 'null'} is unknown`;
  const steps = row.value / row.rounded_to;
  return Math.abs(steps - Math.round(steps)) > 1e-6 ? 'the value is not rounded' : undefined;
}

function faultsOfPeriod(world: World, rows: readonly PublishedRow[]): string[] {
  const faults: string[] = [];
  if (new Set(rows.map((row) => row.released_at)).size > 1)
    faults.push('rows of one period have several times');
  const groups = [...world.groups.map(({ tree, key }) => `${tree}|${key}`)];
  const roots = ['DEPARTMENT', 'MANAGER', 'LOCATION'].map((tree) => `${tree}|${ORGANIZATION}`);
  const expected = [...groups, ...roots].sort().join();
  const byMetric = Map.groupBy(rows, (row) => `${row.metric} ${row.driver ?? ''}`);
  const order = new Set<string>();
  for (const [metric, list] of byMetric) {
    const found = list.map(({ tree, group_key }) => `${tree}|${group_key}`);
    if ([...found].sort().join() !== expected)
      faults.push(`${metric} has not one row for each declared group`);
    order.add(found.join());
    const rootFigures = list
      .filter(({ group_key }) => group_key === ORGANIZATION)
      .map(({ status, value, bound, people_band }) => [status, value, bound, people_band].join());
    if (new Set(rootFigures).size > 1) faults.push(`${metric} has several figures for the organization`);
    const suppressed = list
      .filter(({ status }) => status === 'SUPPRESSED')
      .map(({ rounded_to, definition_version, released_at }) =>
        [rounded_to, definition_version, released_at].join(),
      );
    if (new Set(suppressed).size > 1) faults.push(`${metric} has suppressed rows that differ`);
  }
  if (order.size > 1) faults.push('the order of the groups differs between metrics');
  return faults;
}
