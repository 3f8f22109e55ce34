import type { EntityManager } from 'typeorm';
import type { MonthRows, PeriodInput, Population } from '../release/types.js';
import { METRICS } from '../trend-metric.js';
import { ParticipantPositions, PeriodParticipants, listsOf } from './participant-positions.js';
import type { TrendPopulation } from './trend-populations.js';
import { buildTrees, type PeriodPerson, type PeriodTrees } from './trend-trees.js';
import type { DuePeriod, FigurePeople, TrendWorkerRepository } from './trend-worker.repository.js';

/** A period as the engine takes it. */
export interface ReadPeriod {
  readonly input: PeriodInput;
  readonly participants: PeriodParticipants;
  readonly groups: PeriodTrees['groups'];
  readonly withGroups: PeriodTrees['withGroups'];
}

/** A population as the engine takes it, and the period with the groups that its people count in. */
export interface ReadPopulation {
  readonly period: PeriodInput;
  readonly population: Population;
}

/** Everybody whom the pulse asked, or every manager with direct reports. */
interface Asked {
  readonly participants: readonly number[];
  /** The groups of everybody who was asked at that time; null where those of the period count. */
  readonly groups: readonly PeriodPerson[] | null;
}

/** Reads what the engine decides about: people, groups, values, and the people of earlier figures. */
export class TrendPopulationReader {
  constructor(private readonly repository: TrendWorkerRepository) {}

  async period(em: EntityManager, due: DuePeriod): Promise<ReadPeriod> {
    const people = await this.repository.people(em, due);
    const directory = await this.repository.groups(em, due);
    const { trees, groups, withGroups } = buildTrees(due.organizationName, directory, people);
    return {
      input: {
        granularity: due.granularity,
        key: due.periodKey,
        minimumGroupSize: due.minimumGroupSize,
        people: people.length,
        trees,
      },
      participants: new PeriodParticipants(people.map(({ participant }) => participant)),
      groups,
      withGroups,
    };
  }

  async population(
    em: EntityManager,
    due: DuePeriod,
    { input, participants, withGroups }: ReadPeriod,
    { key, metric, driver }: TrendPopulation,
  ): Promise<ReadPopulation> {
    const { repository } = this;
    const { low, high, roundedTo, cutFromBounds, unit, organizationOnly } = METRICS[metric];
    const asked = await this.asked(em, due, { metric, driver });
    const values = await repository.values(em, due, { metric, driver });
    const ofPeriod = values.filter(({ participant }) => participants.has(participant));
    const positions = new ParticipantPositions(participants);
    const isLeader = unit === 'MANAGER';
    return {
      period:
        asked?.groups == null
          ? input
          : {
              ...input,
              trees: withGroups(asked.groups, (participant) => participants.positionOf(participant)),
            },
      population: {
        key,
        unit: isLeader ? 'LEADER' : 'RESPONDENT',
        people: Int32Array.from(ofPeriod, ({ participant }) => positions.of(participant)),
        ...(asked !== null && {
          asked: Int32Array.from(
            asked.participants.filter((participant) => participants.has(participant)),
            (participant) => positions.of(participant),
          ),
        }),
        ...(isLeader && { reports: listsOf(ofPeriod.map(({ reports }) => reports ?? [])) }),
        history: positions.lists(await repository.history(em, due, key)),
        months:
          due.granularity === 'QUARTER' ? monthsOf(await repository.months(em, due, key), positions) : [],
        organizationOnly,
        metrics: [
          {
            metric,
            driver,
            lowest: low,
            highest: high,
            valueStep: await this.valueStep(em, due, { metric, driver }),
            roundedTo,
            cutFromBounds,
            values: Float64Array.from(ofPeriod, ({ value }) => value),
          },
        ],
      },
    };
  }

  /** Who can have a value of a metric, where it is not public who has one. */
  private async asked(
    em: EntityManager,
    due: DuePeriod,
    { metric, driver }: Pick<TrendPopulation, 'metric' | 'driver'>,
  ): Promise<Asked | null> {
    const { unit } = METRICS[metric];
    if (unit === 'MANAGER') return { participants: await this.repository.managers(em, due), groups: null };
    if (unit !== 'ANSWERER') return null;
    const groups = await this.repository.askedGroups(em, due, driver ?? 'RECOMMEND');
    return { participants: groups.map(({ participant }) => participant), groups };
  }

  private async valueStep(
    em: EntityManager,
    due: DuePeriod,
    { metric, driver }: Pick<TrendPopulation, 'metric' | 'driver'>,
  ): Promise<number | null> {
    const { valueStep } = METRICS[metric];
    if (valueStep !== 'MEAN_OF_ANSWERS') return valueStep;
    if (driver === null) return null;
    // The mean of up to two questions is a multiple of a half; of more it can be many fractions.
    const questions = await this.repository.questions(em, due, driver);
    return questions <= 1 ? 1 : questions === 2 ? 0.5 : null;
  }
}

function monthsOf(
  figures: readonly (FigurePeople & { readonly month: string })[],
  positions: ParticipantPositions,
): MonthRows[] {
  return Array.from(
    Map.groupBy(figures, ({ month }) => month),
    ([month, of]) => ({
      month,
      trees: of.map(({ tree }) => tree),
      rows: positions.lists(of.map(({ people }) => people)),
    }),
  );
}
