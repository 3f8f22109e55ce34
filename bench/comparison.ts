/** The same question to a small and to a large organization, side by side, one request at a time and sixteen. */
import { forgetAdded } from './data.ts';
import { each, load } from './load.ts';
import type { DatabaseMeter } from './measure.ts';
import { median, shown } from './numbers.ts';
import type { Server } from './server.ts';

/** The allowed ratio of the large to the small size. */
export const GOAL = 1.3;
const CONCURRENCY = [1, 16] as const;
/** Of the requests of a comparison so many are sent once before it is timed. */
const MOST_ASKED_BEFORE = 400;

/** An organization of a size, and a process of the product that serves it. */
export interface Side {
  readonly people: number;
  readonly meter: DatabaseMeter;
  readonly server: Server;
}

/** One comparison: the same question to both sizes, or two questions to one. */
export interface Comparison {
  readonly name: string;
  readonly base: Asked;
  readonly grown: Asked;
}

export interface Asked {
  readonly side: Side;
  readonly requests: readonly Buffer[];
}

/** The result of a comparison with this many connections: medians over the rounds, in milliseconds per request. */
export interface Outcome {
  readonly name: string;
  readonly connections: number;
  readonly base: number;
  readonly grown: number;
  readonly ratio: number;
}

export async function compareAll(
  all: readonly Comparison[],
  rounds: number,
  seconds: number,
): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const { name, base, grown } of all) {
    // Pages of the large database come from the disk the first time, and who is shown a goal is logged then.
    for (const one of [base, grown]) await askEach(one);
    for (const connections of CONCURRENCY) {
      const took: [number, number][] = [];
      // Round 0 warms up.
      for (let round = 0; round <= rounds; round++) {
        const order = round % 2 === 0 ? [base, grown] : [grown, base];
        const times = new Map<Asked, number>();
        for (const one of order) times.set(one, await timeOf(one, connections, seconds));
        if (round > 0) took.push([times.get(base) ?? NaN, times.get(grown) ?? NaN]);
      }
      const outcome = {
        name,
        connections,
        base: median(took.map(([one]) => one)),
        grown: median(took.map(([, other]) => other)),
        ratio: median(took.map(([one, other]) => other / one)),
      };
      outcomes.push(outcome);
      console.error(
        `${name}, ${String(connections)} at a time: ${shown(outcome.base)} ms and ${shown(outcome.grown)} ms, ${shown(outcome.ratio, 2)}`,
      );
    }
  }
  return outcomes;
}

async function askEach({ side, requests }: Asked): Promise<void> {
  await each(side.server.port, requests.slice(0, MOST_ASKED_BEFORE));
  await forgetAdded(side.meter.client);
}

async function timeOf({ side, requests }: Asked, connections: number, seconds: number): Promise<number> {
  const { mean } = await load(side.server.port, requests, { connections, seconds });
  await forgetAdded(side.meter.client);
  return mean;
}

/** A table with a line for each comparison. */
export function comparisonRows({
  small,
  large,
  outcomes,
}: {
  readonly small: number;
  readonly large: number;
  readonly outcomes: readonly Outcome[];
}): string[][] {
  const size = (people: number): string => `${people.toLocaleString('en')} people, ms`;
  const heading = ['', 'concurrent', size(small), size(large), 'ratio'];
  return [
    heading,
    ...outcomes.map(({ name, connections, base, grown, ratio }) => [
      name,
      String(connections),
      shown(base),
      shown(grown),
      `${shown(ratio, 2)}${ratio > GOAL ? ' !' : ''}`,
    ]),
  ];
}
