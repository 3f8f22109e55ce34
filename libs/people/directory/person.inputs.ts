import { ArgsType, Field, ID, InputType } from '@nestjs/graphql';
import { IsOptional } from 'class-validator';
import {
  CalendarDate,
  EmailAddress,
  IsId,
  IsName,
  IsPossiblyEmptyText,
  IsTitle,
  PageArgs,
  TimeZone,
} from '#graphql';
import { ReportingLineKindEnum, type ReportingLineKind } from './reporting-line.model.js';

const LONGEST_SEARCH = 200;

@ArgsType()
export class PeopleArgs extends PageArgs {
  @Field(() => String, {
    nullable: true,
    description:
      'Words that each occur in the name, the e-mail or the title, in any order, without regard to capitals and accents.',
  })
  @IsOptional()
  @IsPossiblyEmptyText(LONGEST_SEARCH)
  search?: string | null;

  @Field(() => ID, { nullable: true, description: 'Only people of this department.' })
  @IsOptional()
  @IsId()
  departmentId?: string | null;

  @Field(() => ID, { nullable: true, description: 'Only people at this location.' })
  @IsOptional()
  @IsId()
  locationId?: string | null;

  @Field(() => Boolean, {
    nullable: true,
    defaultValue: false,
    description: 'Also those whose employment has ended.',
  })
  @IsOptional()
  includeFormer?: boolean | null;
}

/** What may be said of a person when creating as when changing. */
@InputType({ isAbstract: true })
abstract class PersonDetailsInput {
  @Field(() => EmailAddress, {
    nullable: true,
    description: "The directory's address, nobody else's in the organization. It changes no sign-in address.",
  })
  email?: string | null;

  @Field(() => String, { nullable: true, description: 'What they are called at work.' })
  @IsOptional()
  @IsTitle()
  title?: string | null;

  @Field(() => ID, { nullable: true, description: 'The department; or say its name in `department`.' })
  @IsOptional()
  @IsId()
  departmentId?: string | null;

  @Field(() => String, { nullable: true, description: "The department's name; made if there is none." })
  @IsOptional()
  @IsName()
  department?: string | null;

  @Field(() => ID, { nullable: true, description: 'The location; or say its name in `location`.' })
  @IsOptional()
  @IsId()
  locationId?: string | null;

  @Field(() => String, { nullable: true, description: "The location's name; made if there is none." })
  @IsOptional()
  @IsName()
  location?: string | null;

  @Field(() => String, {
    nullable: true,
    description: "The id in the organization's own people system, by which an import finds them.",
  })
  @IsOptional()
  @IsName()
  externalId?: string | null;

  @Field(() => CalendarDate, { nullable: true, description: 'The first day of their employment.' })
  startedOn?: string | null;
}

@InputType({ description: 'Somebody new in the directory.' })
export class CreatePersonInput extends PersonDetailsInput {
  @Field({ description: 'Their name, 1 to 200 characters.' })
  @IsName()
  name!: string;
}

@InputType({
  description: 'What to change about a person. What is left out stays as it is; null clears it.',
})
export class UpdatePersonInput extends PersonDetailsInput {
  @Field(() => ID, { description: 'Who.' })
  @IsId()
  id!: string;

  @Field(() => String, { nullable: true, description: 'Their name; it cannot be cleared.' })
  @IsOptional()
  @IsName()
  name?: string | null;
}

@InputType({ description: 'What only the person settles about their own entry.' })
export class UpdateMyProfileInput {
  @Field(() => TimeZone, { description: 'The time zone in which they live and are reminded.' })
  timeZone!: string;
}

@InputType({ description: 'Who reports to whom from a day on.' })
export class ChangeReportingLineInput {
  @Field(() => ID, { description: 'Who reports.' })
  @IsId()
  personId!: string;

  @Field(() => ID, {
    nullable: true,
    description: 'To whom; null for a PRIMARY line: to nobody from that day on.',
  })
  @IsOptional()
  @IsId()
  managerId?: string | null;

  @Field(() => ReportingLineKindEnum, {
    nullable: true,
    defaultValue: ReportingLineKindEnum.PRIMARY,
    description: 'Which kind of line.',
  })
  kind?: ReportingLineKind | null;

  @Field(() => CalendarDate, {
    nullable: true,
    description:
      "The first day, not before today in the organization's time zone; by default today. The past is not changed.",
  })
  from?: string | null;

  @Field(() => CalendarDate, {
    nullable: true,
    description:
      'For a DOTTED line: the first day on which it no longer holds. On a line that holds already it changes the end.',
  })
  until?: string | null;
}

@InputType({ description: "The end of somebody's employment." })
export class EndEmploymentInput {
  @Field(() => ID, { description: 'Whose.' })
  @IsId()
  personId!: string;

  @Field(() => CalendarDate, {
    nullable: true,
    description:
      'The last day of employment, past or future. A future one is visible only to the person and PEOPLE_ADMIN. Null removes the last day and restores the reporting lines and shares that it had ended.',
  })
  lastDay?: string | null;
}
