/** Business goals, their key results and check-ins, and the cycles that they belong to. */
export { BusinessGoalsModule } from './business-goals.module.js';
export type { BusinessGoalRow } from './goals/business-goal.entity.js';
export { BusinessGoalLoader } from './goals/business-goal.loader.js';
export { BusinessGoal } from './goals/business-goal.model.js';
export { BusinessGoalsTasksModule } from './goals/leavers-goals.task.js';
