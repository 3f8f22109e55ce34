/** Personal goals, who they are shared with, and who read them. */
export { GoalsModule } from './goals.module.js';
export { AccessLog, UnloggedRow, type GoalAccess } from './access-log/access-log.js';
export type { PersonalGoalRow } from './personal-goals/personal-goal.entity.js';
export { PersonalGoalLoader } from './personal-goals/personal-goal.loader.js';
export { PersonalGoal } from './personal-goals/personal-goal.model.js';
export { accessColumns } from './personal-goals/personal-goal.repository.js';
