import { Module } from '@nestjs/common';
import { PeopleModule } from '#people';
import { BusinessGoalLoader } from './business-goal.loader.js';
import { businessGoalProviders } from './business-goal.providers.js';
import { PersonalGoalLoader } from './personal-goal.loader.js';
import { personalGoalProviders } from './personal-goal.providers.js';

/** Personal goals and who they are shared with; business goals and how they are part of personal ones. */
@Module({
  imports: [PeopleModule],
  providers: [...personalGoalProviders, ...businessGoalProviders],
  exports: [BusinessGoalLoader, PersonalGoalLoader],
})
export class GoalsModule {}
