/** Attacks on many worlds, and what came of them. */
import { attack } from './attack.js';
import { calibrate } from './calibration.js';
import type { Finding, FindingKind } from './finding.js';
import { judge } from './lp-judge.js';
import { publicationsOf } from './publications.js';
import type { Releaser } from './published-rows.js';
import { randomWorld } from './random-world.js';
import { ValueSystem } from './value-system.js';
import { type Definitions, REFERENCE_DEFINITIONS, type World, quartersOf } from './world.js';

export interface Campaign {
  worlds: number;
  /** The seed of the first world; the others follow. */
  seed: number;
  /** Months of each world. */
  months?: number;
  definitions?: Definitions;
  /** Only attacks that find this kind; otherwise all. */
  kind?: FindingKind;
  /** Ends after the first broken world. */
  untilBroken?: boolean;
  progress?: (done: number) => void;
}

export interface Outcome {
  worlds: number;
  broken: Map<number, Finding[]>;
  /** Questions on which the search was given up, and which HiGHS answered. */
  answeredByHighs: number;
  /** Questions that neither answered. */
  undecided: number;
}

const NO_QUESTIONS = { answeredByHighs: 0, undecided: 0 };

export async function attackWorlds(release: Releaser, campaign: Campaign): Promise<Outcome> {
  const method = await calibrate(release);
  const before = { ...ValueSystem.statistics };
  const outcome: Outcome = { worlds: 0, broken: new Map(), ...NO_QUESTIONS };
  for (let index = 0; index < campaign.worlds; index += 1) {
    const seed = campaign.seed + index;
    const world = worldOf(campaign, seed);
    const findings = await attack(world, release, method, campaign.kind);
    outcome.worlds += 1;
    if (findings.length > 0) outcome.broken.set(seed, findings);
    campaign.progress?.(outcome.worlds);
    if (campaign.untilBroken === true && outcome.broken.size > 0) break;
  }
  const { answeredByHighs, undecided } = ValueSystem.statistics;
  return {
    ...outcome,
    answeredByHighs: answeredByHighs - before.answeredByHighs,
    undecided: undecided - before.undecided,
  };
}

function worldOf({ months = 24, definitions = REFERENCE_DEFINITIONS }: Campaign, seed: number): World {
  return randomWorld(seed, { months, definitions });
}

export interface Verdict extends Outcome {
  answers: number;
  totals: number;
}

/** The second judge. @param whole whether it takes answers as whole numbers */
export async function judgeWorlds(release: Releaser, campaign: Campaign, whole: boolean): Promise<Verdict> {
  const verdict: Verdict = { worlds: 0, broken: new Map(), ...NO_QUESTIONS, answers: 0, totals: 0 };
  for (let index = 0; index < campaign.worlds; index += 1) {
    const world = worldOf(campaign, campaign.seed + index);
    const rows = await release(world, quartersOf(world));
    const { findings, answers, totals } = judge(world, publicationsOf(world, rows), whole);
    verdict.worlds += 1;
    verdict.answers += answers;
    verdict.totals += totals;
    if (findings.length > 0) verdict.broken.set(world.seed, findings);
    campaign.progress?.(verdict.worlds);
  }
  return verdict;
}
