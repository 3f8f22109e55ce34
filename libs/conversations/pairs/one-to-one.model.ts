import { Field, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { CalendarDate, Connection, NodeModel, RecurrenceRule, TimeZone, editable } from '#graphql';

/** Whether a one-to-one was accepted, and whether it has ended. */
export const OneToOneState = { INVITED: 'INVITED', OPEN: 'OPEN', ENDED: 'ENDED' } as const;
export type OneToOneState = keyof typeof OneToOneState;
registerEnumType(OneToOneState, {
  name: 'OneToOneState',
  description: 'Whether a one-to-one was accepted, and whether it has ended.',
  valuesMap: {
    INVITED: {
      description:
        'One person invited the other, with whom they have no reporting line. Unanswered and declined invitations look the same to their sender and disappear after 30 days.',
    },
    OPEN: { description: 'Both participants can write in it.' },
    ENDED: {
      description:
        'A participant ended it, or the employment of one has ended. It can be read, and open action items can be closed.',
    },
  },
});

@ObjectType({
  implements: () => [NodeModel],
  description:
    'The standing one-to-one of two people, for example a manager and a report, peers, or a mentor and a mentee. Only the two participants can see it; no role can.',
})
export class OneToOne extends NodeModel {
  @Field(() => OneToOneState, { description: 'Whether it was accepted, and whether it has ended.' })
  state!: OneToOneState;

  @Field(() => RecurrenceRule, {
    nullable: true,
    description:
      'How often the two meet. One conversation is always planned ahead. Null without a recurrence, and once the reporting line under which it was set has ended.',
  })
  recurrence!: string | null;

  @Field(() => Date, {
    nullable: true,
    description:
      'The start of the recurrence (DTSTART), whose time of day is that of every conversation. Null without a recurrence.',
  })
  startsAt!: Date | null;

  @Field(() => TimeZone, {
    description:
      'The time zone of the recurrence. The local time stays the same across daylight saving: a time that a day skips moves forward by the skipped hour, and of a time that occurs twice the first counts.',
  })
  timeZone!: string;

  @Field(() => Int, { description: 'The planned duration of a conversation, in minutes.' })
  durationMinutes!: number;

  @Field(() => CalendarDate, {
    nullable: true,
    description:
      'The last day of its pause, in its time zone. Until then no conversation is planned, and action items that fall due are not late before the pause ends. Null unless paused.',
  })
  pausedUntil!: string | null;

  @Field(() => Date, { nullable: true, description: 'When it ended. Null unless ENDED.' })
  endedAt!: Date | null;

  @Field(() => Int, {
    description:
      'Incremented on every change of its state, schedule or pause. Pass the version you last read when rescheduling; an outdated one returns `EditConflict`.',
  })
  version!: number;

  /** Resolved to `participants` and `counterpart`. */
  firstId!: string;
  secondId!: string;
  /** Resolved to `startedBy`. */
  startedById!: string;
}
editable(OneToOne);

@ObjectType({ description: 'A page of one-to-ones.' })
export class OneToOneConnection extends Connection(OneToOne) {}
