import { registerEnumType } from '@nestjs/graphql';

export enum OneToOneState {
  INVITED = 'INVITED',
  OPEN = 'OPEN',
  ENDED = 'ENDED',
}
registerEnumType(OneToOneState, { name: 'OneToOneState' });

export enum ConversationStatus {
  PLANNED = 'PLANNED',
  HELD = 'HELD',
  SKIPPED = 'SKIPPED',
  CANCELLED = 'CANCELLED',
}
registerEnumType(ConversationStatus, { name: 'ConversationStatus' });

export enum ActionItemState {
  OPEN = 'OPEN',
  DONE = 'DONE',
  DROPPED = 'DROPPED',
}
registerEnumType(ActionItemState, { name: 'ActionItemState' });

export enum PersonalGoalStatus {
  ACTIVE = 'ACTIVE',
  RESTING = 'RESTING',
  ACHIEVED = 'ACHIEVED',
  SET_ASIDE = 'SET_ASIDE',
}
registerEnumType(PersonalGoalStatus, { name: 'PersonalGoalStatus' });

export enum GoalVisibility {
  PRIVATE = 'PRIVATE',
  SHARED = 'SHARED',
  ORGANIZATION = 'ORGANIZATION',
}
registerEnumType(GoalVisibility, { name: 'GoalVisibility' });

export enum VisibilityBasis {
  OWNER = 'OWNER',
  SHARED_BY_NAME = 'SHARED_BY_NAME',
  ORGANIZATION_WIDE = 'ORGANIZATION_WIDE',
}
registerEnumType(VisibilityBasis, { name: 'VisibilityBasis' });

export enum Horizon {
  THIS_YEAR = 'THIS_YEAR',
  FEW_YEARS = 'FEW_YEARS',
  DECADE = 'DECADE',
  LIFE = 'LIFE',
}
registerEnumType(Horizon, { name: 'Horizon' });

export enum ActionItemStanding {
  OPEN = 'OPEN',
  LATE = 'LATE',
  KEPT = 'KEPT',
  DONE = 'DONE',
  DROPPED = 'DROPPED',
}
registerEnumType(ActionItemStanding, { name: 'ActionItemStanding' });
