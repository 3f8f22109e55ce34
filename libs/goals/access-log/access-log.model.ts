import { Field, ObjectType, registerEnumType } from '@nestjs/graphql';
import { CalendarDate, Connection } from '#graphql';

/** How somebody was shown a goal. */
export const AccessKind = { LISTED: 'LISTED', OPENED: 'OPENED' } as const;
export type AccessKind = keyof typeof AccessKind;
registerEnumType(AccessKind, {
  name: 'AccessKind',
  description: 'How somebody was shown a goal.',
  valuesMap: {
    LISTED: { description: 'It stood in a list, or beside something else.' },
    OPENED: { description: 'They asked for it, or for a part of it, by its id.' },
  },
});

@ObjectType({
  description:
    'Somebody was shown a SHARED goal of somebody else. Days, never times of day; recorded before they saw it.',
})
export class AccessLogEntry {
  readerId!: string;

  ownerId!: string;

  goalId!: string;

  @Field(() => CalendarDate, { description: "The day, in the owner's time zone." })
  on!: string;

  @Field(() => AccessKind, { description: 'How they were shown it.' })
  kind!: AccessKind;
}

@ObjectType()
export class AccessLogConnection extends Connection(AccessLogEntry) {}
