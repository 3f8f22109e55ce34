import { Field, Float, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { CalendarDate, Connection, editable, Markdown, NodeModel } from '#graphql';

/** How far a personal goal reaches. */
export const Horizon = {
  THIS_YEAR: 'THIS_YEAR',
  FEW_YEARS: 'FEW_YEARS',
  DECADE: 'DECADE',
  LIFE: 'LIFE',
} as const;
export type Horizon = keyof typeof Horizon;
registerEnumType(Horizon, {
  name: 'Horizon',
  description: 'How far a personal goal reaches.',
  valuesMap: {
    THIS_YEAR: { description: 'Within a year.' },
    FEW_YEARS: { description: 'A few years.' },
    DECADE: { description: 'About a decade.' },
    LIFE: { description: 'A lifetime.' },
  },
});

/** How it stands with a personal goal. There is no "late". */
export const PersonalGoalStatus = {
  ACTIVE: 'ACTIVE',
  RESTING: 'RESTING',
  ACHIEVED: 'ACHIEVED',
  SET_ASIDE: 'SET_ASIDE',
} as const;
export type PersonalGoalStatus = keyof typeof PersonalGoalStatus;
registerEnumType(PersonalGoalStatus, {
  name: 'PersonalGoalStatus',
  description: 'How it stands with a personal goal. It is never overdue.',
  valuesMap: {
    ACTIVE: { description: 'Being lived.' },
    RESTING: { description: 'Not now; perhaps again.' },
    ACHIEVED: { description: 'Reached, as its owner sees it.' },
    SET_ASIDE: { description: 'No longer wanted, or not any more.' },
  },
});

/** Who may read a personal goal. */
export const GoalVisibility = { PRIVATE: 'PRIVATE', SHARED: 'SHARED', ORGANIZATION: 'ORGANIZATION' } as const;
export type GoalVisibility = keyof typeof GoalVisibility;
registerEnumType(GoalVisibility, {
  name: 'GoalVisibility',
  description: 'Who may read a personal goal.',
  valuesMap: {
    PRIVATE: {
      description:
        "Only its owner can read it in Mutual: no manager, no HR, no administrator. Whoever runs the organization's database could technically get at it.",
    },
    SHARED: { description: 'Its owner, and the people it is shared with by name.' },
    ORGANIZATION: { description: 'Everybody in the organization.' },
  },
});

/** The rule that lets somebody see a goal. */
export const VisibilityBasis = {
  OWNER: 'OWNER',
  SHARED_BY_NAME: 'SHARED_BY_NAME',
  ORGANIZATION_WIDE: 'ORGANIZATION_WIDE',
} as const;
export type VisibilityBasis = keyof typeof VisibilityBasis;
registerEnumType(VisibilityBasis, {
  name: 'VisibilityBasis',
  description: 'The rule that lets somebody see a goal.',
  valuesMap: {
    OWNER: { description: 'It is their own.' },
    SHARED_BY_NAME: {
      description: 'It is shared with them by name. The owner can see on which days they were shown it.',
    },
    ORGANIZATION_WIDE: {
      description: 'Its owner published it to the organization. Reading it is not logged.',
    },
  },
});

@ObjectType({ description: 'How the owner chose to measure a goal.' })
export class PersonalGoalMeasure {
  @Field(() => String, { description: 'What is counted: kilometres, books, evenings at home.' })
  unit!: string;

  @Field(() => Float, { description: 'Where it began.' })
  start!: number;

  @Field(() => Float, { description: 'Where it is.' })
  current!: number;

  @Field(() => Float, { description: 'Where it is to be.' })
  target!: number;
}

@ObjectType({
  implements: () => [NodeModel],
  description:
    "A person's own life objective. Its owner alone creates, renames, shares, closes or deletes it; nobody assigns one.",
})
export class PersonalGoal implements NodeModel {
  id!: string;

  ownerId!: string;

  @Field(() => String, { description: "In the owner's words." })
  title!: string;

  @Field(() => Markdown, { nullable: true, description: 'Why it matters to the owner.' })
  why!: string | null;

  @Field(() => Horizon, { nullable: true, description: 'How far it reaches.' })
  horizon!: Horizon | null;

  @Field(() => CalendarDate, {
    nullable: true,
    description: 'A day that the owner chose for it. No deadline.',
  })
  targetOn!: string | null;

  @Field(() => PersonalGoalStatus, { description: 'How it stands with it.' })
  status!: PersonalGoalStatus;

  @Field(() => PersonalGoalMeasure, {
    nullable: true,
    description: 'Absent unless the owner chose to measure it. A personal goal is never overdue.',
  })
  measure!: PersonalGoalMeasure | null;

  @Field(() => GoalVisibility, { description: 'Who may read it.' })
  visibility!: GoalVisibility;

  @Field(() => VisibilityBasis, { description: 'Why the viewer can see it.' })
  basis!: VisibilityBasis;

  @Field(() => Boolean, {
    description: 'Whether people who can see it may propose business goals to be part of it.',
  })
  openToProposals!: boolean;

  @Field(() => String, {
    nullable: true,
    description: 'The area of life that it belongs to, in the owner’s own word. For the owner.',
  })
  area!: string | null;

  @Field(() => Int, { nullable: true, description: 'Rises with every change. For the owner.' })
  version!: number | null;

  @Field(() => Date, { nullable: true, description: 'When it was written down. For the owner.' })
  createdAt!: Date | null;

  @Field(() => Date, { nullable: true, description: 'When it was last changed. For the owner.' })
  updatedAt!: Date | null;
}

editable(PersonalGoal);

@ObjectType({ description: "Words that a goal had; the owner's alone." })
export class PersonalGoalVersion {
  @Field(() => Int, { description: 'The version of the goal that had these words first.' })
  version!: number;

  @Field(() => String, { description: 'Its title then.' })
  title!: string;

  @Field(() => Markdown, { nullable: true, description: 'Why it mattered then.' })
  why!: string | null;

  @Field(() => Date, { description: 'Since when it had these words.' })
  at!: Date;
}

@ObjectType()
export class PersonalGoalConnection extends Connection(PersonalGoal) {}
