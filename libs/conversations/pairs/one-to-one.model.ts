import { Field, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { Connection, NodeModel, RecurrenceRule, TimeZone, editable } from '#graphql';

/** How it stands with a one-to-one. */
export const OneToOneState = { INVITED: 'INVITED', OPEN: 'OPEN', ENDED: 'ENDED' } as const;
export type OneToOneState = keyof typeof OneToOneState;
registerEnumType(OneToOneState, {
  name: 'OneToOneState',
  description: 'How it stands with a one-to-one.',
  valuesMap: {
    INVITED: {
      description:
        'One of the two, between whom there is no reporting line, has asked the other. An invitation that is not answered, or that was declined, is gone after 30 days.',
    },
    OPEN: { description: 'The two meet.' },
    ENDED: { description: 'One of them ended it, or the employment of one has ended. It can still be read.' },
  },
});

@ObjectType({
  implements: () => [NodeModel],
  description:
    'The standing one-to-one of two people: manager and report, peers, mentor, skip-level. Nobody else reads it, whatever their role.',
})
export class OneToOne extends NodeModel {
  @Field(() => OneToOneState, { description: 'How it stands.' })
  state!: OneToOneState;

  @Field(() => RecurrenceRule, {
    nullable: true,
    description:
      'The rhythm: it keeps one conversation planned. Null without one, and once the reporting line that it rested on has closed.',
  })
  recurrence!: string | null;

  @Field(() => Date, {
    nullable: true,
    description: 'Where the rhythm is counted from; its time of day is that of every conversation.',
  })
  startsAt!: Date | null;

  @Field(() => TimeZone, {
    description:
      'The zone of the rhythm: the hour on the wall there stays the same across daylight saving. An hour that a day skips is read as if the clocks had not changed yet, and of an hour that comes twice it is the first.',
  })
  timeZone!: string;

  @Field(() => Int, { description: 'How long a conversation is meant to last, in minutes.' })
  durationMinutes!: number;

  @Field(() => Date, { nullable: true, description: 'When it ended.' })
  endedAt!: Date | null;

  @Field(() => Int, { description: 'Rises with every change of it; an edit names the version that it saw.' })
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
