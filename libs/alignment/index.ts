/** Business goals as parts of personal goals. */
export { AlignmentModule } from './alignment.module.js';
export { Goal } from './goal.union.js';
export { AlignmentTasksModule } from './lapsed-proposals.task.js';
