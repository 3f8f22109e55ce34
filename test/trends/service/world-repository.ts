/**
 * The repository of the service's releaser, for an organization in memory: what policies/76-trend-metrics.sql reads, and what 75-trends.sql
 * writes.
 */
import type { EntityManager } from 'typeorm';
import type {
  DirectoryGroup,
  PeriodPerson,
  ReleaseGroup,
} from '../../../libs/engagement/trends/worker/trend-trees.js';
import {
  type DuePeriod,
  type FigurePeople,
  type ReleaseCell,
  TrendWorkerRepository,
  type UnitValue,
} from '../../../libs/engagement/trends/worker/trend-worker.repository.js';
import { INDEX_DRIVERS, METRICS, type Metric, metricsOf, valuesOf } from '../attack/metrics.js';
import type { PublishedRow } from '../attack/published-rows.js';
import { ORGANIZATION } from '../attack/trees.js';
import {
  ASKED_IN,
  type Driver,
  type Membership,
  type World,
  isQuarter,
  lastMonthOf,
  monthsOf,
  quarterOf,
} from '../attack/world.js';

/** Rules that are in SQL, each broken. */
export interface DatabaseMistakes {
  /** A manager counts in the group that they lead. */
  readonly managersInOwnGroup?: boolean;
  /** Everybody has the value of their manager, instead of each manager one value. */
  readonly managersByReports?: boolean;
  /** A quarter has the groups of its end, and not those of the month that asked. */
  readonly groupsOfQuarter?: boolean;
  /** Periods from the second year on have this minimum. */
  readonly laterMinimum?: number;
  /** A quarter is released again without those who have left since. */
  readonly releasedAgain?: boolean;
}

type FiguresBehind = FigurePeople & { readonly population: string; readonly period: string };

/**
 * Months are released before their quarter. Histories are 24 months at most, so all earlier figures count. As in the database, somebody has one
 * number as a respondent and another as a manager.
 */
export class WorldRepository extends TrendWorkerRepository {
  readonly rows: PublishedRow[] = [];
  private readonly numbers = new Map<string, number>();
  private readonly later: FiguresBehind[] = [];
  private readonly ofMonths: FiguresBehind[] = [];
  private groupsOfRelease: readonly ReleaseGroup[] = [];
  private cellsOfRelease: ReleaseCell[] = [];

  constructor(
    private readonly world: World,
    private readonly mistakes: DatabaseMistakes = {},
  ) {
    super();
  }

  override begin(_em: EntityManager, { periodKey }: DuePeriod): Promise<string> {
    this.groupsOfRelease = [];
    this.cellsOfRelease = [];
    return Promise.resolve(periodKey);
  }

  override groups(_em: EntityManager, { periodKey }: DuePeriod): Promise<DirectoryGroup[]> {
    return Promise.resolve(
      this.world.groups.map(({ tree, key, parentKey, labels }) => ({
        tree,
        groupId: key,
        parentId: idOf(parentKey),
        name: labels.findLast(({ from }) => from <= lastMonthOf(periodKey))?.label ?? key,
      })),
    );
  }

  override people(_em: EntityManager, { periodKey }: DuePeriod): Promise<PeriodPerson[]> {
    const asked = this.placesIn(periodKey);
    return Promise.resolve(
      [
        ...Array.from(asked, ([id, groups]) => placed(this.respondent(id), groups)),
        ...this.leadersIn(periodKey).map((id) => placed(this.manager(id), asked.get(id))),
      ].sort(byParticipant),
    );
  }

  override values(
    _em: EntityManager,
    { periodKey }: DuePeriod,
    { metric, driver }: { readonly metric: string; readonly driver: string | null },
  ): Promise<UnitValue[]> {
    const defined = METRICS.find((one) => one.metric === metric && one.driver === driver);
    return Promise.resolve(
      defined === undefined ? [] : this.valuesIn(periodKey, defined).sort(byParticipant),
    );
  }

  private valuesIn(period: string, metric: Metric): UnitValue[] {
    const leaders = [...(this.world.leaders.get(period) ?? [])];
    const reports = Map.groupBy(leaders, ([, leader]) => leader);
    if (this.mistakes.managersByReports && metric.units === 'LEADERS') {
      const values = valuesOf(this.world, period, metric);
      return leaders
        .filter(([, leader]) => values.has(leader))
        .map(([id, leader]) => ({
          participant: this.respondent(id),
          value: values.get(leader)! * metric.unit,
          reports: null,
        }));
    }
    return Array.from(valuesOf(this.world, period, metric), ([id, value]) =>
      metric.units === 'PEOPLE'
        ? { participant: this.respondent(id), value: value * metric.unit, reports: null }
        : {
            participant: this.manager(id),
            value: value * metric.unit,
            reports: (reports.get(id) ?? []).map(([report]) => this.respondent(report)),
          },
    );
  }

  override askedGroups(
    _em: EntityManager,
    { periodKey }: DuePeriod,
    driver: string,
  ): Promise<PeriodPerson[]> {
    const month = this.monthAsking(periodKey, driver);
    const isByMonth = this.mistakes.groupsOfQuarter !== true;
    const asked = month === undefined ? [] : this.placesIn(isByMonth ? month : periodKey);
    return Promise.resolve(Array.from(asked, ([id, groups]) => placed(this.respondent(id), groups)));
  }

  override managers(_em: EntityManager, { periodKey }: DuePeriod): Promise<number[]> {
    return Promise.resolve(this.leadersIn(periodKey).map((id) => this.manager(id)));
  }

  override questions(_em: EntityManager, { periodKey }: DuePeriod, driver: string): Promise<number> {
    return Promise.resolve(this.monthAsking(periodKey, driver) === undefined ? 0 : 1);
  }

  override history(_em: EntityManager, _due: DuePeriod, population: string): Promise<number[][]> {
    return Promise.resolve(
      this.later.filter((of) => of.population === population).map(({ people }) => [...people]),
    );
  }

  override months(
    _em: EntityManager,
    { periodKey }: DuePeriod,
    population: string,
  ): Promise<(FigurePeople & { readonly month: string })[]> {
    return Promise.resolve(
      this.ofMonths
        .filter((of) => of.population === population && quarterOf(of.period) === periodKey)
        .map(({ tree, people, period }) => ({ tree, people, month: period })),
    );
  }

  override addGroups(
    _em: EntityManager,
    _release: string,
    _due: DuePeriod,
    groups: readonly ReleaseGroup[],
  ): Promise<void> {
    this.groupsOfRelease = [...this.groupsOfRelease, ...groups];
    return Promise.resolve();
  }

  override addCells(
    _em: EntityManager,
    _release: string,
    _due: DuePeriod,
    cells: readonly ReleaseCell[],
  ): Promise<void> {
    this.cellsOfRelease.push(...cells);
    return Promise.resolve();
  }

  override addFigurePeople(
    _em: EntityManager,
    _release: string,
    { periodKey }: DuePeriod,
    { population, purpose }: { readonly population: string; readonly purpose: 'LATER' | 'QUARTER' },
    figures: readonly FigurePeople[],
  ): Promise<void> {
    const kept = purpose === 'LATER' ? this.later : this.ofMonths;
    kept.push(...figures.map((figure) => ({ ...figure, population, period: periodKey })));
    return Promise.resolve();
  }

  /** Publishes the rows in the order of the CSV file. Metrics of which the organization has no values are left out. */
  override complete(_em: EntityManager, _release: string, { periodKey }: DuePeriod): Promise<void> {
    const keyOf = ({ tree, metric, driver, key }: ReleaseCell) =>
      [tree, metric, driver ?? '', key].join('\n');
    const measured = metricsOf(this.world);
    const hasIndex = INDEX_DRIVERS.every((driver) => this.world.drivers.includes(driver));
    const cells = this.cellsOfRelease
      .filter(({ metric, driver }) =>
        metric === 'ENGAGEMENT_INDEX'
          ? hasIndex
          : measured.some((one) => one.metric === metric && one.driver === driver),
      )
      .sort((one, other) => (keyOf(one) < keyOf(other) ? -1 : 1));
    this.rows.push(...cells.map((cell) => this.rowOf(periodKey, cell)));
    return Promise.resolve();
  }

  private rowOf(period: string, cell: ReleaseCell): PublishedRow {
    const group = this.groupsOfRelease.find(({ tree, key }) => tree === cell.tree && key === cell.key);
    return {
      period,
      tree: cell.tree,
      group_key: cell.key,
      label: group?.label ?? cell.key,
      parent_key: group?.parentKey ?? null,
      metric: cell.metric,
      driver: cell.driver,
      status: cell.isReleased ? 'RELEASED' : 'SUPPRESSED',
      value: cell.value,
      bound: cell.bound,
      rounded_to: cell.roundedTo,
      people_band: cell.people,
      definition_version: cell.definitionVersion,
      released_at: `${monthAfter(lastMonthOf(period))}-08T03:00:00Z`,
    };
  }

  /** The month of a period that asked a driver. */
  private monthAsking(period: string, driver: string): string | undefined {
    const month = monthsOf(quarterOf(period))[ASKED_IN[driver as Driver]];
    const isAsked = this.world.drivers.includes(driver as Driver);
    return isAsked && (isQuarter(period) || month === period) ? month : undefined;
  }

  private placesIn(period: string): ReadonlyMap<string, Membership> {
    const places = this.world.memberships.get(period) ?? new Map<string, Membership>();
    if (!this.mistakes.managersInOwnGroup) return places;
    return new Map(
      Array.from(places, ([id, groups]) => [id, { ...groups, MANAGER: this.ownGroup(id, period) }]),
    );
  }

  /** The group that somebody leads, otherwise the one that they are in. */
  private ownGroup(id: string, period: string): string {
    const places = this.world.memberships.get(period)!;
    const [report] =
      [...(this.world.leaders.get(quarterOf(period)) ?? [])].find(([, leader]) => leader === id) ?? [];
    return places.get(report ?? id)?.MANAGER ?? places.get(id)!.MANAGER;
  }

  /** Everybody with direct reports in the quarter of a period. */
  private leadersIn(period: string): string[] {
    return [...new Set(this.world.leaders.get(quarterOf(period))?.values())];
  }

  private respondent(id: string): number {
    return this.numberOf(`respondent ${id}`);
  }

  private manager(id: string): number {
    return this.numberOf(`manager ${id}`);
  }

  private numberOf(name: string): number {
    const number = this.numbers.get(name) ?? this.numbers.size + 1;
    this.numbers.set(name, number);
    return number;
  }
}

function placed(participant: number, groups: Membership | undefined): PeriodPerson {
  return {
    participant,
    departmentId: idOf(groups?.DEPARTMENT),
    locationId: idOf(groups?.LOCATION),
    managerId: idOf(groups?.MANAGER),
  };
}

const idOf = (key: string | undefined) => (key === undefined || key === ORGANIZATION ? null : key);
const byParticipant = (one: { participant: number }, other: { participant: number }) =>
  one.participant - other.participant;

function monthAfter(month: string): string {
  const [year, number] = month.split('-').map(Number);
  return number === 12 ? `${year! + 1}-01` : `${year!}-${String(number! + 1).padStart(2, '0')}`;
}
