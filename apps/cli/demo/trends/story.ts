import type { DEPARTMENTS } from '../people.js';

/** What pulses ask about. */
export type DemoDriver =
  'MUTUAL_TRUST' | 'AUTONOMY' | 'PURPOSE' | 'GROWTH' | 'RECOGNITION' | 'RECOMMEND' | 'WELLBEING' | 'VOICE';

/**
 * The quarter in which the plant in Porto began to build the Gander Four beside everything else, counted from the first quarter with trends. What
 * people there say about their strength falls, their one-to-ones are cancelled and promises to them are late; the quarter after the response is better.
 */
export const LAUNCH_QUARTER = 1;

/** The mean of the scores of a driver, from 1 to 5, where a department is like the others. */
const USUAL: Readonly<Record<DemoDriver, number>> = {
  MUTUAL_TRUST: 3.7,
  AUTONOMY: 3.4,
  PURPOSE: 4,
  GROWTH: 3.3,
  RECOGNITION: 3.5,
  RECOMMEND: 3.9,
  WELLBEING: 3.5,
  VOICE: 3.2,
};

/** How the plant differs from the others in each quarter. */
const PLANT: Readonly<Partial<Record<DemoDriver, readonly number[]>>> = {
  WELLBEING: [0.1, -1.2, -0.1, 0],
  MUTUAL_TRUST: [0, -0.4, 0, 0],
  RECOMMEND: [0, -0.5, -0.1, 0],
  VOICE: [-0.2, -0.3, 0.5, 0.4],
};

/** The mean of the scores that people of a department give in a quarter. */
export function meanScore(driver: DemoDriver, department: keyof typeof DEPARTMENTS, quarter: number): number {
  const difference = department === 'production' ? (PLANT[driver]?.[quarter] ?? 0) : 0;
  return USUAL[driver] + difference + (department === 'service' && driver === 'PURPOSE' ? 0.3 : 0);
}

/** Of a hundred pairs of the plant or of elsewhere, how many did something in a quarter. */
export interface DemoHabits {
  readonly met: number;
  readonly agendaFromReport: number;
  readonly promiseKept: number;
  /** The usual answer to whether a conversation was worth it, from 1 to 5. */
  readonly worth: number;
}

export function habitsOf(department: keyof typeof DEPARTMENTS, quarter: number): DemoHabits {
  return department === 'production' && quarter === LAUNCH_QUARTER
    ? { met: 55, agendaFromReport: 35, promiseKept: 45, worth: 3 }
    : { met: 92, agendaFromReport: 65, promiseKept: 80, worth: 4 };
}

export interface DemoTrendResponse {
  /** Counted from the first quarter with trends. */
  readonly quarter: number;
  readonly department: keyof typeof DEPARTMENTS | undefined;
  readonly metric: string;
  readonly by: 'tomasz' | 'joaquim';
  readonly text: string;
  /** Days after the end of its quarter. */
  readonly dueAfter: number;
  readonly state: 'OPEN' | 'DONE';
  readonly outcome?: string;
}

/** Nobody has responded to the first quarter. */
export const TREND_RESPONSES: readonly DemoTrendResponse[] = [
  {
    quarter: LAUNCH_QUARTER,
    department: 'production',
    metric: 'PULSE_SCORE',
    by: 'joaquim',
    text: 'The Gander Four was ours to plan, and we planned it as if nobody slept. From Monday on no more Saturday shifts, line two builds nothing but the Four, and every lead meets every welder and assembler once a month, whatever the board says.',
    dueAfter: 60,
    state: 'DONE',
    outcome:
      'Saturdays are free since the second week. We delivered 140 Fours instead of 180, and told the shops so before they asked. Line two asked to keep its own plan, and does.',
  },
  {
    quarter: LAUNCH_QUARTER + 1,
    department: undefined,
    metric: 'PROMISES_KEPT_BY_MANAGERS',
    by: 'tomasz',
    text: 'One promise in five of us leads is late. We stop promising what somebody else has to buy: leads can order up to 500 € themselves.',
    dueAfter: 120,
    state: 'OPEN',
  },
];
