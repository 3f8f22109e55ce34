import type { DemoBusinessGoal } from '../shapes.js';
import { firstQuarter } from './first-quarter.js';
import { presentQuarter } from './present-quarter.js';
import { secondQuarter } from './second-quarter.js';

export type BusinessGoalKey =
  keyof typeof firstQuarter | keyof typeof secondQuarter | keyof typeof presentQuarter;

/** By quarter, as in Calendar.quarters. */
export const BUSINESS_GOALS: readonly Readonly<Partial<Record<BusinessGoalKey, DemoBusinessGoal>>>[] = [
  firstQuarter,
  secondQuarter,
  presentQuarter,
];
