/** Personal goals, who may read them and who did; business goals, and how they are part of personal ones. */
export { GoalsModule } from './goals.module.js';
export { PersonalGoalLoader } from './personal-goal.loader.js';
export { BusinessGoalLoader } from './business-goal.loader.js';
export { Goal } from './goal.union.js';
export { GoalUpkeepModule } from './goal.upkeep.js';
