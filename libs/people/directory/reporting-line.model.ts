import { Field, ObjectType, registerEnumType } from '@nestjs/graphql';
import { CalendarDate } from '#graphql';

export const ReportingLineKindEnum = { PRIMARY: 'PRIMARY', DOTTED: 'DOTTED' } as const;
export type ReportingLineKind = keyof typeof ReportingLineKindEnum;

registerEnumType(ReportingLineKindEnum, {
  name: 'ReportingLineKind',
  description: 'How somebody reports to somebody.',
  valuesMap: {
    PRIMARY: { description: 'To their manager: at most one at a time.' },
    DOTTED: { description: 'To somebody else as well.' },
  },
});

@ObjectType({
  description:
    'That one person reports to another, for a time. Days are days in the time zone of the organization. A future line, and a future end, is visible only to the two people and to PEOPLE_ADMIN.',
})
export class ReportingLine {
  @Field(() => ReportingLineKindEnum, { description: 'How.' })
  kind!: ReportingLineKind;

  @Field(() => CalendarDate, { description: 'The first day.' })
  from!: string;

  @Field(() => CalendarDate, {
    nullable: true,
    description: 'The first day on which it no longer holds; null while none is known to the viewer.',
  })
  until!: string | null;

  /** Resolved to `manager`. */
  managerId!: string;

  /** Resolved to `report`. */
  reportId!: string;
}
