import { Field, ID, InputType } from '@nestjs/graphql';
import { IsOptional } from 'class-validator';
import { CalendarDate, IsId } from '#graphql';
import { ReportingLineKindEnum, type ReportingLineKind } from './reporting-line.model.js';

@InputType({
  description:
    'Whom a person reports to from a day on. Lines of the same kind that were planned to begin later are removed: all for PRIMARY, those to the same manager for DOTTED.',
})
export class ChangeReportingLineInput {
  @Field(() => ID, { description: 'The person who reports.' })
  @IsId()
  id!: string;

  @Field(() => ID, {
    nullable: true,
    description: 'The manager. Null, for a PRIMARY line only: the person reports to nobody from that day on.',
  })
  @IsOptional()
  @IsId()
  managerId?: string | null;

  @Field(() => ReportingLineKindEnum, {
    nullable: true,
    defaultValue: ReportingLineKindEnum.PRIMARY,
    description: 'The kind of reporting line.',
  })
  kind?: ReportingLineKind | null;

  @Field(() => CalendarDate, {
    nullable: true,
    description:
      "The first day, today or later in the organization's time zone. Today by default. The past cannot be changed.",
  })
  startsOn?: string | null;

  @Field(() => CalendarDate, {
    nullable: true,
    description:
      'The last day of a DOTTED line; null or left out for an open one. If there is a line already, this changes its last day, and the day before `startsOn` ends it at once. A PRIMARY line ends through `managerId: null`.',
  })
  lastDay?: string | null;
}
