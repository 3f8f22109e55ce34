import { Field, ObjectType, registerEnumType } from '@nestjs/graphql';
import { CalendarDate, Connection } from '#graphql';

export const AccessKind = { LISTED: 'LISTED', OPENED: 'OPENED' } as const;
export type AccessKind = keyof typeof AccessKind;
registerEnumType(AccessKind, {
  name: 'AccessKind',
  description: 'How a personal goal was read.',
  valuesMap: {
    LISTED: { description: 'The goal was part of a list, or was returned along with another object.' },
    OPENED: { description: 'The goal, or a part of it such as an update, was requested by its ID.' },
  },
});

@ObjectType({
  description:
    'A read of a SHARED personal goal by somebody other than its owner. There is one entry per reader, goal, day and kind, and no time of day. It is recorded before the reader receives the goal. Visible to the goal’s owner and to the reader.',
})
export class AccessLogEntry {
  readerId!: string;

  ownerId!: string;

  goalId!: string;

  @Field(() => CalendarDate, {
    description: 'The day of the read, in the time zone that the owner had then.',
  })
  on!: string;

  @Field(() => AccessKind, { description: 'Whether the goal was listed or opened.' })
  kind!: AccessKind;
}

@ObjectType()
export class AccessLogConnection extends Connection(AccessLogEntry) {}
