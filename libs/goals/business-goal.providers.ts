import type { Provider } from '@nestjs/common';
import { BusinessGoalLoader } from './business-goal.loader.js';
import { BusinessGoalRepository } from './business-goal.repository.js';

/** What of GoalsModule is about business goals and how they are part of personal ones. */
export const businessGoalProviders: Provider[] = [BusinessGoalLoader, BusinessGoalRepository];
