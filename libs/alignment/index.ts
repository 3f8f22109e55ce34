/** Business goals as parts of personal goals. */
export { AlignmentModule } from './alignment.module.js';
export { Goal } from './goal.union.js';
export { LapsedProposalsModule } from './lapsed-proposals.timer.js';
