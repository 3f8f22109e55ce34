import { customerGoals } from './customers.js';
import { engineeringGoals } from './engineering.js';
import { officeGoals } from './office.js';
import { productionGoals } from './production.js';
import { serviceGoals } from './service.js';
import { softwareGoals } from './software.js';

/** Everybody's own life objectives, by their keys. */
export const GOALS = {
  ...officeGoals,
  ...engineeringGoals,
  ...productionGoals,
  ...serviceGoals,
  ...customerGoals,
  ...softwareGoals,
};

export type GoalKey = keyof typeof GOALS;
