import { registerEnumType } from '@nestjs/graphql';
import type { Granularity } from './granularity.model.js';

export const TrendMetric = {
  ENGAGEMENT_INDEX: 'ENGAGEMENT_INDEX',
  PULSE_SCORE: 'PULSE_SCORE',
  ENPS: 'ENPS',
  PULSE_PARTICIPATION: 'PULSE_PARTICIPATION',
  MET_RATE: 'MET_RATE',
  CONVERSATION_WORTH: 'CONVERSATION_WORTH',
  AGENDA_FROM_REPORTS: 'AGENDA_FROM_REPORTS',
  PROMISES_KEPT_BY_MANAGERS: 'PROMISES_KEPT_BY_MANAGERS',
  BARRIERS_ANSWERED_IN_TIME: 'BARRIERS_ANSWERED_IN_TIME',
  BARRIERS_REMOVED: 'BARRIERS_REMOVED',
} as const;
export type TrendMetric = keyof typeof TrendMetric;

/** The drivers of which a score is released. RECOMMEND is released as ENPS. */
export const SCORED_DRIVERS = [
  'MUTUAL_TRUST',
  'AUTONOMY',
  'PURPOSE',
  'GROWTH',
  'RECOGNITION',
  'WELLBEING',
  'VOICE',
] as const;

/** Who counts as one unit of a metric: each has one value within the metric's bounds, and a figure is their mean. */
export type TrendUnit =
  /** A person who answered the pulse. */
  | 'ANSWERER'
  /** A person whom the pulse asked. */
  | 'PERSON_ASKED'
  /** A person with direct reports. They count in the group that they belong to, as with what they answer, not in the one that they head. */
  | 'MANAGER'
  /** A person who answers for a procedure area. */
  | 'AREA_ANSWERER'
  /** None: computed from figures that are released. */
  | 'FIGURES';

/**
 * The definition of a metric. docs/metrics.md is compared with it by a test, and `version` is part of every figure: a definition that changes gets
 * another version, because its figures cannot be compared with the earlier ones.
 */
export interface MetricDefinition {
  readonly version: number;
  readonly unit: TrendUnit;
  /** The least and the greatest value of a unit. */
  readonly low: number;
  readonly high: number;
  /**
   * The distance between two possible values of a unit; null for shares, which can be any fraction. Of the mean of the answers to several
   * questions it follows from their number.
   */
  readonly valueStep: number | 'MEAN_OF_ANSWERS' | null;
  /** The step to which figures are rounded: not finer than one unit can move the mean of 50. */
  readonly roundedTo: number;
  /** Figures nearer to a bound than this are shown as at most, or at least, this far from it. */
  readonly cutFromBounds: number;
  readonly granularities: readonly Granularity[];
  /** Whether there is a figure for the organization only. */
  readonly organizationOnly: boolean;
  /** For the description of the enum value, and docs/metrics.md. */
  readonly summary: string;
  readonly value: string;
  readonly whose: string;
  readonly movedBy: string;
  readonly over: string;
}

const BOTH = ['MONTH', 'QUARTER'] as const;
/** What a month would say of it is not part of what a quarter says, so both together could tell more than each (decision 0091). */
const QUARTERLY = ['QUARTER'] as const;

const manager = {
  unit: 'MANAGER',
  valueStep: null,
  cutFromBounds: 0,
  granularities: QUARTERLY,
  organizationOnly: false,
  whose: 'the manager’s: what they do with their direct reports',
} as const;

/** Direct reports, as every metric about managers counts them. */
const REPORTS =
  'direct reports whose PRIMARY line to the manager lasted the whole period, both employed throughout';

export const METRICS: Readonly<Record<TrendMetric, MetricDefinition>> = {
  ENGAGEMENT_INDEX: {
    version: 1,
    unit: 'FIGURES',
    low: 1,
    high: 5,
    valueStep: null,
    roundedTo: 0.1,
    cutFromBounds: 0,
    granularities: QUARTERLY,
    organizationOnly: false,
    summary: 'The mean of the seven drivers of a quarter, from 1 to 5.',
    value:
      'The mean of the released `PULSE_SCORE` figures of the seven drivers, rounded. Released where all seven are. Because it is computed from figures that are public anyway, it tells nothing more than they do.',
    whose: 'the group’s',
    movedBy: 'the people who answered',
    over: 'the seven figures of the quarter',
  },
  PULSE_SCORE: {
    version: 1,
    unit: 'ANSWERER',
    low: 1,
    high: 5,
    valueStep: 'MEAN_OF_ANSWERS',
    roundedTo: 0.1,
    cutFromBounds: 0,
    granularities: BOTH,
    organizationOnly: false,
    summary: 'The mean of the answers to the questions of one driver, from 1 to 5.',
    value:
      'The mean of the person’s answers to the questions of the driver in the period. Each person counts once, however many of the questions they answered.',
    whose: 'the person’s who answered',
    movedBy: 'the people who answered',
    over: 'the pulses that closed in the period',
  },
  ENPS: {
    version: 1,
    unit: 'ANSWERER',
    low: -100,
    high: 100,
    valueStep: 100,
    roundedTo: 5,
    cutFromBounds: 0,
    granularities: QUARTERLY,
    organizationOnly: false,
    summary:
      'Employee net promoter score, from −100 to 100: the share of answers of 9 and 10 less that of 0 to 6.',
    value:
      '100 for an answer of 9 or 10 to the RECOMMEND question, 0 for 7 or 8, −100 for 0 to 6. Of several answers in the quarter the last counts.',
    whose: 'the person’s who answered',
    movedBy: 'the people who answered',
    over: 'the pulses that closed in the quarter',
  },
  PULSE_PARTICIPATION: {
    version: 1,
    unit: 'PERSON_ASKED',
    low: 0,
    high: 1,
    valueStep: 1,
    roundedTo: 0.1,
    cutFromBounds: 0.1,
    granularities: QUARTERLY,
    organizationOnly: false,
    summary: 'The share of the people asked who answered a pulse, from 0 to 1.',
    value:
      '1 for a person who answered at least one pulse of the period, 0 for a person who answered none. Released for groups of 20 people or more: of fewer, a step of the figure would tell the number.',
    whose: 'the person’s who was asked',
    movedBy: 'the people who were asked',
    over: 'the pulses that closed in the period',
  },
  MET_RATE: {
    ...manager,
    version: 1,
    low: 0,
    high: 1,
    roundedTo: 0.05,
    summary: 'The share of direct reports with whom their manager held a one-to-one, from 0 to 1.',
    value: `The share of the manager’s ${REPORTS}, with whom at least one conversation was held. Conversations off the record count: that they were held is known. A pair that was paused in the period counts only where it met; of several pauses the latest is known.`,
    movedBy: 'managers, and their reports',
    over: 'conversations held in the period, by the time at which they were held; imported ones do not count',
  },
  CONVERSATION_WORTH: {
    ...manager,
    version: 1,
    low: 1,
    high: 5,
    roundedTo: 0.1,
    summary:
      'How worthwhile people found conversations with their manager, from 1 to 5, by feedback that both revealed.',
    value:
      'For each direct report, the mean of how worthwhile they found their conversations with the manager (`worthIt`); of these the mean. Only feedback that both have offered, and so revealed to each other.',
    movedBy: 'managers, and their reports',
    over: 'feedback revealed in the period',
  },
  AGENDA_FROM_REPORTS: {
    ...manager,
    version: 1,
    low: 0,
    high: 1,
    roundedTo: 0.05,
    summary: 'The share of one-to-ones to which the report brought something, from 0 to 1.',
    value:
      'The share of the conversations that the manager held with direct reports on the record, and that had at least one shared talking point, to which the report brought at least one of them.',
    movedBy: 'managers, and their reports',
    over: 'conversations held in the period; those off the record and imported ones do not count',
  },
  PROMISES_KEPT_BY_MANAGERS: {
    ...manager,
    version: 1,
    low: 0,
    high: 1,
    roundedTo: 0.05,
    summary: 'The share of promises that managers kept to their direct reports, from 0 to 1.',
    value:
      'The share of the manager’s action items with direct reports, due in the period, that were done in time. One that was moved before it was due counts when it is due then; one that was dropped before it was due, or refused, does not count. One due during a pause is due at its end.',
    movedBy: 'managers',
    over: 'action items that the manager owns and whose due date ran out in the period',
  },
  BARRIERS_ANSWERED_IN_TIME: {
    version: 1,
    unit: 'AREA_ANSWERER',
    low: 0,
    high: 1,
    valueStep: null,
    roundedTo: 0.05,
    cutFromBounds: 0,
    granularities: QUARTERLY,
    organizationOnly: true,
    summary: 'The share of barriers that were answered when due, from 0 to 1. For the organization only.',
    value:
      'Of the barriers in the person’s areas, as these are at the release, whose first answer was due in the period, the share answered by then with `REMOVED`, `TRIAL_WITHOUT` or `STAYS`; `INVESTIGATING` is not an answer.',
    whose: 'the person’s who answers for the area',
    movedBy: 'the people who answer for areas',
    over: 'barriers due in the period',
  },
  BARRIERS_REMOVED: {
    version: 1,
    unit: 'AREA_ANSWERER',
    low: 0,
    high: 1,
    valueStep: null,
    roundedTo: 0.05,
    cutFromBounds: 0,
    granularities: QUARTERLY,
    organizationOnly: true,
    summary: 'The share of answers to barriers that removed them, from 0 to 1. For the organization only.',
    value:
      'Of the barriers in the person’s areas, as these are at the release, that were answered in the period with `REMOVED`, `TRIAL_WITHOUT` or `STAYS`, the share whose last such answer in the period is `REMOVED`.',
    whose: 'the person’s who answers for the area',
    movedBy: 'the people who answer for areas',
    over: 'answers of the period',
  },
};

registerEnumType(TrendMetric, {
  name: 'TrendMetric',
  description: 'What a trend measures; docs/metrics.md defines each. None is about personal goals.',
  valuesMap: Object.fromEntries(
    Object.entries(METRICS).map(([name, { summary }]) => [name, { description: summary }]),
  ),
});
