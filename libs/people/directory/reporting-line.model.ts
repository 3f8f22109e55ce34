import { Field, ID, ObjectType, registerEnumType } from '@nestjs/graphql';
import { CalendarDate } from '#graphql';

export const ReportingLineKindEnum = { PRIMARY: 'PRIMARY', DOTTED: 'DOTTED' } as const;
export type ReportingLineKind = keyof typeof ReportingLineKindEnum;

registerEnumType(ReportingLineKindEnum, {
  name: 'ReportingLineKind',
  description: 'The kind of a reporting line.',
  valuesMap: {
    PRIMARY: {
      description:
        'The line to the person’s manager. A person has at most one at a time, and they form no cycle.',
    },
    DOTTED: { description: 'A line to an additional manager. A person can have several.' },
  },
});

@ObjectType({
  description:
    'A period in which one person reports to another. Days are inclusive and in the time zone of the organization. A line that begins in the future is visible only to its two people and PEOPLE_ADMIN.',
})
export class ReportingLine {
  @Field(() => ID, { description: 'A globally unique, opaque identifier.' })
  id!: string;

  @Field(() => ReportingLineKindEnum, {
    description: 'Whether it is the line to the manager or an additional one.',
  })
  kind!: ReportingLineKind;

  @Field(() => CalendarDate, { description: 'The first day of the line.' })
  startsOn!: string;

  @Field(() => CalendarDate, {
    nullable: true,
    description:
      'The last day of the line. Null while the line is open. A future one is visible only to the two people and PEOPLE_ADMIN; one that follows from a planned end of employment only to the person who leaves and PEOPLE_ADMIN.',
  })
  lastDay!: string | null;

  /** Resolved to `manager`. */
  managerId!: string;

  /** Resolved to `report`. */
  reportId!: string;
}
