/** Runs in the thread of a mutant (mutants.ts), where the sources of the releaser have a mistake. */
import { type Campaign, type Outcome, attackWorlds } from '../attack/campaign.js';
import { serviceReleaser } from './target.js';
import type { DatabaseMistakes } from './world-repository.js';

export function attackMutant(argument: { mistakes: DatabaseMistakes; campaign: Campaign }): Promise<Outcome> {
  return attackWorlds(serviceReleaser(argument.mistakes), argument.campaign);
}
