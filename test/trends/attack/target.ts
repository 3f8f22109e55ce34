/** What a module has to export to be attacked: `npm run attack:trends -- 1000 --target test/trends/…`. */
import { pathToFileURL } from 'node:url';
import { type Campaign, type Outcome, attackWorlds } from './campaign.js';
import type { FindingKind } from './finding.js';
import type { Releaser } from './published-rows.js';
import {
  REFERENCE_MUTANTS,
  nestedReleaser,
  oneTreeReleaser,
  organizationReleaser,
} from './reference-releasers.js';
import { type Definitions, REFERENCE_DEFINITIONS } from './world.js';

export interface Mutant {
  readonly name: string;
  /** The attack that must find it. */
  readonly expects: FindingKind;
  /** Attacks it in many worlds by that attack. Undefined where it exceeds a time limit, which does not count as caught. */
  readonly attack: (campaign: Campaign) => Promise<Outcome | undefined>;
}

export interface Target {
  readonly releasers: readonly { readonly name: string; readonly release: Releaser }[];
  /** The same with one deliberate mistake each; the attack must find every one. */
  readonly mutants: readonly Mutant[];
  readonly definitions: Definitions;
}

/** Releasers that are not the service's, which show that the attack finds nothing where there is nothing. */
const REFERENCE: Target = {
  releasers: [
    { name: 'reference: organization only', release: organizationReleaser },
    { name: 'reference: one tree by Rule T', release: oneTreeReleaser },
    { name: 'reference: three trees by Rule T, nested groups only', release: nestedReleaser },
  ],
  mutants: REFERENCE_MUTANTS.map(({ name, expects, release }) => ({
    name: `reference: ${name}`,
    expects,
    attack: (campaign) => attackWorlds(release, { ...campaign, kind: expects }),
  })),
  definitions: REFERENCE_DEFINITIONS,
};

const SERVICE = 'test/trends/service/target.ts';

/** @param path a module with `target: Target`; by default the service's releaser is attacked, then the references */
export async function loadTargets(path?: string): Promise<Target[]> {
  const { target } = (await import(pathToFileURL(path ?? SERVICE).href)) as { target?: Target };
  if (target === undefined) throw new Error(`${path} exports no target`);
  return path === undefined ? [target, REFERENCE] : [target];
}
