import { Field, ObjectType, registerEnumType } from '@nestjs/graphql';
import { CalendarDate, Connection, NodeModel } from '#graphql';

export const ShareState = { PENDING: 'PENDING', ACTIVE: 'ACTIVE', ENDED: 'ENDED' } as const;
export type ShareState = keyof typeof ShareState;
registerEnumType(ShareState, {
  name: 'ShareState',
  description: 'The state of a share. Only the owner of the goal sees PENDING and ENDED shares.',
  valuesMap: {
    PENDING: {
      description:
        'The share waits until the owner’s manager has shared a goal with the owner. Until then the manager cannot read the goal and does not see the share.',
    },
    ACTIVE: { description: 'The goal can be read.' },
    ENDED: {
      description:
        'The share was ended, has expired, or ended with the reporting line in which it was made. Also while either person has left; if they return within 90 days, the share resumes.',
    },
  },
});

@ObjectType({
  implements: () => [NodeModel],
  description:
    'A personal goal shared with one person, until a day or until it is ended. It names a person and not a position: a new manager inherits nothing, and a share with the owner’s manager ends with that reporting line. Visible to the owner, and to the other person while it is ACTIVE.',
})
export class PersonalGoalShare extends NodeModel {
  goalId!: string;

  withId!: string;

  @Field(() => ShareState, { description: 'Whether the goal can be read by this share.' })
  state!: ShareState;

  @Field(() => Boolean, {
    description:
      'Whether the share includes updates that were written before it became active, and milestones that were added and reached before.',
  })
  includesPast!: boolean;

  @Field(() => CalendarDate, {
    nullable: true,
    description: 'The last day of the share, in the owner’s time zone. Null if it has no end.',
  })
  expiresOn!: string | null;

  @Field(() => Date, {
    nullable: true,
    description: 'When the goal became readable by this share. Null if it has not been ACTIVE yet.',
  })
  activeSince!: Date | null;

  @Field(() => Date, {
    nullable: true,
    description: 'When the share was created. Null for everybody but the owner.',
  })
  createdAt!: Date | null;
}

@ObjectType()
export class PersonalGoalShareConnection extends Connection(PersonalGoalShare) {}
