import { Field, Float, ID, ObjectType, registerEnumType } from '@nestjs/graphql';
import { CalendarDate, Connection, editable, Markdown, NodeModel } from '#graphql';

export const Horizon = {
  THIS_YEAR: 'THIS_YEAR',
  FEW_YEARS: 'FEW_YEARS',
  DECADE: 'DECADE',
  LIFE: 'LIFE',
} as const;
export type Horizon = keyof typeof Horizon;
registerEnumType(Horizon, {
  name: 'Horizon',
  description: 'How far ahead a personal goal looks.',
  valuesMap: {
    THIS_YEAR: { description: 'Within a year.' },
    FEW_YEARS: { description: 'A few years.' },
    DECADE: { description: 'About ten years.' },
    LIFE: { description: 'A lifetime.' },
  },
});

export const PersonalGoalStatus = {
  ACTIVE: 'ACTIVE',
  RESTING: 'RESTING',
  ACHIEVED: 'ACHIEVED',
  SET_ASIDE: 'SET_ASIDE',
} as const;
export type PersonalGoalStatus = keyof typeof PersonalGoalStatus;
registerEnumType(PersonalGoalStatus, {
  name: 'PersonalGoalStatus',
  description: 'The status of a personal goal, set by its owner. A personal goal is never overdue.',
  valuesMap: {
    ACTIVE: { description: 'The owner is pursuing the goal.' },
    RESTING: { description: 'The goal is paused and may be taken up again.' },
    ACHIEVED: { description: 'The owner considers the goal achieved.' },
    SET_ASIDE: { description: 'The owner no longer pursues the goal.' },
  },
});

export const GoalVisibility = { PRIVATE: 'PRIVATE', SHARED: 'SHARED', ORGANIZATION: 'ORGANIZATION' } as const;
export type GoalVisibility = keyof typeof GoalVisibility;
registerEnumType(GoalVisibility, {
  name: 'GoalVisibility',
  description: 'Who can read a personal goal.',
  valuesMap: {
    PRIVATE: {
      description:
        'Only the owner can read the goal in Mutual: no manager, no HR, no administrator. The operator of the organization’s database could technically reach it.',
    },
    SHARED: { description: 'The owner and the people with whom the goal is shared by name.' },
    ORGANIZATION: { description: 'Everybody in the organization.' },
  },
});

export const VisibilityBasis = {
  OWNER: 'OWNER',
  SHARED_BY_NAME: 'SHARED_BY_NAME',
  ORGANIZATION_WIDE: 'ORGANIZATION_WIDE',
} as const;
export type VisibilityBasis = keyof typeof VisibilityBasis;
registerEnumType(VisibilityBasis, {
  name: 'VisibilityBasis',
  description: 'The rule by which somebody can read a personal goal.',
  valuesMap: {
    OWNER: { description: 'They own the goal.' },
    SHARED_BY_NAME: {
      description:
        'The goal is shared with them by name. The owner can see on which days they listed or opened it.',
    },
    ORGANIZATION_WIDE: {
      description:
        'The goal is visible to the organization. Reads are not logged. It takes precedence over a share by name.',
    },
  },
});

@ObjectType({ description: 'How the owner chose to measure a personal goal.' })
export class PersonalGoalMeasure {
  @Field(() => ID, { description: 'A globally unique, opaque identifier.' })
  id!: string;

  @Field(() => String, {
    description: 'What is counted, for example kilometres, books or evenings at home.',
  })
  unit!: string;

  @Field(() => Float, { description: 'The value at the beginning.' })
  start!: number;

  @Field(() => Float, { description: 'The current value.' })
  current!: number;

  @Field(() => Float, { description: 'The value to reach.' })
  target!: number;
}

export type MeasureValues = Omit<PersonalGoalMeasure, 'id'>;

@ObjectType({
  implements: () => [NodeModel],
  description:
    "A person's own life objective. Only its owner can create, change, share or delete it; nobody assigns one.",
})
export class PersonalGoal implements NodeModel {
  id!: string;

  ownerId!: string;

  @Field(() => String, { description: 'The goal in the owner’s words.' })
  title!: string;

  @Field(() => Markdown, {
    nullable: true,
    description: 'Why the goal matters to the owner. Null if not given.',
  })
  why!: string | null;

  @Field(() => Horizon, {
    nullable: true,
    description: 'How far ahead the goal looks. Null if not given.',
  })
  horizon!: Horizon | null;

  @Field(() => CalendarDate, {
    nullable: true,
    description: 'A day that the owner has in mind. It is not a deadline. Null if not given.',
  })
  targetOn!: string | null;

  @Field(() => PersonalGoalStatus, { description: 'Whether the owner pursues the goal.' })
  status!: PersonalGoalStatus;

  @Field(() => GoalVisibility, { description: 'Who can read the goal.' })
  visibility!: GoalVisibility;

  @Field(() => VisibilityBasis, { description: 'The rule by which the viewer can read the goal.' })
  basis!: VisibilityBasis;

  @Field(() => Boolean, {
    description: 'Whether people who can see the goal may propose business goals to be part of it.',
  })
  openToProposals!: boolean;
}

editable(PersonalGoal);

@ObjectType()
export class PersonalGoalConnection extends Connection(PersonalGoal) {}
