/** Personal goals, with whom they are shared, and who read them. */
export { GoalsModule } from './goals.module.js';
export { AccessLog, UnloggedRow } from './access-log/access-log.js';
export { accessColumns, type GoalAccess } from './access-log/goal-access.js';
export type { PersonalGoalRow } from './personal-goals/personal-goal.entity.js';
export { PersonalGoalLoader } from './personal-goals/personal-goal.loader.js';
export { MOST_GOALS } from './personal-goals/personal-goal.rules.js';
export { PersonalGoalService } from './personal-goals/personal-goal.service.js';
export { Horizon, PersonalGoal, PersonalGoalStatus } from './personal-goals/personal-goal.model.js';
export type { PersonalGoalShareRow } from './shares/personal-goal-share.entity.js';
export { PersonalGoalShareLoader } from './shares/personal-goal-share.loader.js';
export { PersonalGoalShare } from './shares/personal-goal-share.model.js';
export { PersonalGoalShareService } from './shares/personal-goal-share.service.js';
