/** How business goals are part of personal ones. */
export { AlignmentModule } from './alignment.module.js';
export { Goal } from './goal.union.js';
export { LapsedProposalsModule } from './lapsed-proposals.timer.js';
