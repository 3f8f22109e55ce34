import { Field, ObjectType, registerEnumType } from '@nestjs/graphql';
import { NodeModel } from '#graphql';

/** What a share is now. */
export const ShareState = { PENDING: 'PENDING', ACTIVE: 'ACTIVE', ENDED: 'ENDED' } as const;
export type ShareState = keyof typeof ShareState;
registerEnumType(ShareState, {
  name: 'ShareState',
  description: 'What a share is now. PENDING and ENDED ones exist for the owner only.',
  valuesMap: {
    PENDING: {
      description:
        'It waits until the manager has shared a goal with the owner. Until then they cannot read the goal and are not told.',
    },
    ACTIVE: { description: 'The goal can be read by it.' },
    ENDED: {
      description:
        'Withdrawn, expired, or over with the reporting line that it was made in. Also while the employment of either has ended: if they return within 90 days, it is what it was before.',
    },
  },
});

@ObjectType({
  implements: () => [NodeModel],
  description:
    'One goal, one person, until a day or until withdrawn. It names a person, never a position: a new manager inherits nothing. A share with one’s own manager ends with that reporting line.',
})
export class PersonalGoalShare extends NodeModel {
  goalId!: string;

  withId!: string;

  @Field(() => ShareState, { description: 'What it is now.' })
  state!: ShareState;

  @Field(() => Boolean, {
    description:
      'Whether it includes updates from before it, and milestones written before it and not reached after it.',
  })
  includesPast!: boolean;

  @Field(() => Date, {
    nullable: true,
    description: "The end of its last day in the owner's time zone; null: until withdrawn.",
  })
  expiresAt!: Date | null;

  @Field(() => Date, {
    nullable: true,
    description: 'When it became readable; null while it is pending.',
  })
  activeSince!: Date | null;

  @Field(() => Date, {
    nullable: true,
    description: 'When it was made. For the owner; null for anyone else.',
  })
  createdAt!: Date | null;
}
