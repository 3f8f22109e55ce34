/** Runs in the thread of a mutant (mutants.proof.spec.ts), where the sources of the engine have a mistake. */
import fc from 'fast-check';
import { releasePopulation } from '../../../libs/engagement/trends/release/release-population.js';
import { absences, isolatesPeople, rowsOverTime } from './over-time.js';
import { brokenPromises } from './promises.js';
import { smallWorld } from './small-world.js';

const QUARTERS = 4;

interface Worlds {
  readonly seed: number;
  readonly worlds: number;
}

/** Whether a promise is broken in one of some worlds. */
export function breaksPromises({ seed, worlds }: Worlds): boolean {
  return fc.check(
    fc.property(smallWorld(), (world) => brokenPromises(world, releasePopulation).length === 0),
    { numRuns: worlds, endOnFailure: true, seed },
  ).failed;
}

/** Whether, in one of some worlds, a combination of the small figures of several quarters depends on one or two people. */
export function isolatesOverTime({ seed, worlds }: Worlds): boolean {
  return fc.check(
    fc.property(
      smallWorld(),
      absences(QUARTERS),
      (world, absent) => !isolatesPeople(rowsOverTime(world, absent, releasePopulation)),
    ),
    { numRuns: worlds, endOnFailure: true, seed },
  ).failed;
}
