import type { EntityManager } from 'typeorm';
import {
  BOUNDS,
  PEOPLE_BANDS,
  type GroupTree,
  type MetricCells,
  type Population,
  type PopulationRelease,
} from '../release/types.js';
import { METRICS } from '../trend-metric.js';
import type { PeriodParticipants } from './participant-positions.js';
import type { ReleaseGroup } from './trend-trees.js';
import type {
  DuePeriod,
  FigurePeople,
  ReleaseCell,
  TrendWorkerRepository,
} from './trend-worker.repository.js';

/** Rows that are sent at a time. */
const CHUNK = 20_000;

/** Writes the rows of one release. They are there from the commit of {@link complete} on. */
export class TrendReleaseWriter {
  constructor(
    private readonly repository: TrendWorkerRepository,
    private readonly em: EntityManager,
    private readonly due: DuePeriod,
    private readonly releaseId: string,
  ) {}

  async groups(groups: readonly ReleaseGroup[]): Promise<void> {
    for (const chunk of chunks(groups)) {
      await this.repository.addGroups(this.em, this.releaseId, this.due, chunk);
    }
  }

  async figures(metrics: readonly MetricCells[], trees: readonly GroupTree[]): Promise<void> {
    for (const chunk of chunks(metrics.flatMap((metric) => cellsOf(metric, trees)))) {
      await this.repository.addCells(this.em, this.releaseId, this.due, chunk);
    }
  }

  /**
   * Keeps who was behind small figures, for later periods; and of a month behind each figure, for its quarter.
   *
   * @param trees with the groups that the people of the population count in
   */
  async people(
    { key, people }: Population,
    { history, metrics: [cells] }: PopulationRelease,
    trees: readonly GroupTree[],
    participants: PeriodParticipants,
  ): Promise<void> {
    const { offsets, items } = history.rows;
    await this.figurePeople(
      key,
      'LATER',
      history.trees.map((tree, index) => ({
        tree,
        people: participants.numbersOf(items.subarray(offsets[index], offsets[index + 1])),
      })),
    );
    if (this.due.granularity !== 'MONTH' || cells === undefined) return;
    await this.figurePeople(
      key,
      'QUARTER',
      trees.flatMap((tree) => {
        const released = cells.trees.find((of) => of.tree === tree.tree)?.released;
        return released === undefined
          ? []
          : membersOfReleased(tree, released, people).map((positions) => ({
              tree: tree.tree,
              people: participants.numbersOf(positions),
            }));
      }),
    );
  }

  /** Of a quarter, also destroys what it was computed from. */
  complete(): Promise<void> {
    return this.repository.complete(this.em, this.releaseId, this.due);
  }

  private async figurePeople(
    population: string,
    purpose: 'LATER' | 'QUARTER',
    figures: readonly FigurePeople[],
  ): Promise<void> {
    for (const chunk of chunks(figures)) {
      await this.repository.addFigurePeople(
        this.em,
        this.releaseId,
        this.due,
        { population, purpose },
        chunk,
      );
    }
  }
}

/** The people of each released group of a tree, those of the groups below included. */
function membersOfReleased(
  { parents, groupOfPerson }: GroupTree,
  released: Uint8Array,
  people: Int32Array,
): number[][] {
  const members = new Map<number, number[]>();
  for (const person of people) {
    for (let group = groupOfPerson[person] ?? 0; group >= 0; group = parents[group] ?? -1) {
      if (released[group] !== 1) continue;
      const list = members.get(group);
      if (list === undefined) members.set(group, [person]);
      else list.push(person);
    }
  }
  return [...members.values()];
}

function cellsOf(
  { metric, driver, roundedTo, trees: results }: MetricCells,
  trees: readonly GroupTree[],
): ReleaseCell[] {
  const { organizationOnly, version: definitionVersion } = METRICS[metric as keyof typeof METRICS];
  return results.flatMap(({ tree, released, value, bound, people }) => {
    const keys = trees.find((of) => of.tree === tree)?.keys ?? [];
    return (organizationOnly ? keys.slice(0, 1) : keys).map((key, group) => {
      const isReleased = released[group] === 1;
      return {
        tree,
        key,
        metric,
        driver,
        isReleased,
        // Not −0, which the database would write as such.
        value: isReleased ? (value[group] ?? 0) + 0 : null,
        bound: isReleased ? (BOUNDS[bound[group] ?? 0] ?? null) : null,
        roundedTo,
        people: isReleased ? (PEOPLE_BANDS[people[group] ?? 0] ?? null) : null,
        definitionVersion,
      };
    });
  });
}

function* chunks<T>(items: readonly T[]): Generator<readonly T[]> {
  for (let at = 0; at < items.length; at += CHUNK) yield items.slice(at, at + CHUNK);
}
