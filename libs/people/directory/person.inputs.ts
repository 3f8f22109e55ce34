import { ArgsType, Field, ID, InputType } from '@nestjs/graphql';
import { ArrayMinSize, IsOptional } from 'class-validator';
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
import { AccountStateEnum, type AccountState } from './person.model.js';

const LONGEST_SEARCH = 200;

@ArgsType()
export class PeopleArgs extends PageArgs {
  @Field(() => String, {
    nullable: true,
    description:
      'Only people whose name, e-mail address or job title contains each of these words, in any order and regardless of case and accents. For PEOPLE_ADMIN and API tokens with DIRECTORY_READ also the person whose external ID equals the whole text. At most 200 characters; the first 10 words count.',
  })
  @IsOptional()
  @IsPossiblyEmptyText(LONGEST_SEARCH)
  search?: string | null;

  @Field(() => ID, { nullable: true, description: 'Only people in this department.' })
  @IsOptional()
  @IsId()
  departmentId?: string | null;

  @Field(() => ID, { nullable: true, description: 'Only people at this location.' })
  @IsOptional()
  @IsId()
  locationId?: string | null;

  @Field(() => ID, { nullable: true, description: 'Only people whose PRIMARY manager today is this person.' })
  @IsOptional()
  @IsId()
  managerId?: string | null;

  @Field(() => Boolean, {
    nullable: true,
    defaultValue: false,
    description: 'Only people without a PRIMARY manager today. Cannot be combined with `managerId`.',
  })
  @IsOptional()
  withoutManager?: boolean | null;

  @Field(() => [AccountStateEnum], {
    nullable: true,
    description: 'Only people whose account is in one of these states. For PEOPLE_ADMIN.',
  })
  @IsOptional()
  @ArrayMinSize(1, { message: 'must contain at least one state.' })
  account?: AccountState[] | null;

  @Field(() => Boolean, {
    nullable: true,
    defaultValue: false,
    description: 'Whether to include people whose employment has ended.',
  })
  @IsOptional()
  includeFormer?: boolean | null;
}

/** The fields that createPerson and updatePerson share. */
@InputType({ isAbstract: true })
abstract class PersonDetailsInput {
  @Field(() => EmailAddress, {
    nullable: true,
    description:
      'The e-mail address in the directory, unique within the organization. Changing it does not change the address that the person signs in with.',
  })
  email?: string | null;

  @Field(() => String, { nullable: true, description: 'The job title, at most 200 characters.' })
  @IsOptional()
  @IsTitle()
  title?: string | null;

  @Field(() => ID, { nullable: true, description: 'The department. Cannot be combined with `department`.' })
  @IsOptional()
  @IsId()
  departmentId?: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      'The department by name; it is created if there is none with this name. Cannot be combined with `departmentId`.',
  })
  @IsOptional()
  @IsName()
  department?: string | null;

  @Field(() => ID, { nullable: true, description: 'The location. Cannot be combined with `location`.' })
  @IsOptional()
  @IsId()
  locationId?: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      'The location by name; it is created if there is none with this name. Cannot be combined with `locationId`.',
  })
  @IsOptional()
  @IsName()
  location?: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      "The person's ID in the organization's HR system, unique within the organization, at most 200 characters. Imports match people by it.",
  })
  @IsOptional()
  @IsName()
  externalId?: string | null;

  @Field(() => Boolean, {
    nullable: true,
    defaultValue: false,
    description:
      "Whether `externalId` may differ from another person's only in leading zeros, case, spaces or invisible characters. By default this is refused, because the two are usually one person.",
  })
  @IsOptional()
  allowSimilarIds?: boolean | null;

  @Field(() => CalendarDate, { nullable: true, description: 'The first day of employment.' })
  hiredOn?: string | null;
}

@InputType({ description: 'A person to add to the directory.' })
export class CreatePersonInput extends PersonDetailsInput {
  @Field({ description: 'The full name, 1 to 200 characters.' })
  @IsName()
  name!: string;

  @Field(() => ID, {
    nullable: true,
    description: 'The PRIMARY manager, from today on. Use `changeReportingLine` for a different day.',
  })
  @IsOptional()
  @IsId()
  managerId?: string | null;
}

@InputType({
  description:
    'Changes to a person in the directory. Fields that are left out stay the same; null clears a field.',
})
export class UpdatePersonInput extends PersonDetailsInput {
  @Field(() => ID, { description: 'The person to change.' })
  @IsId()
  id!: string;

  @Field(() => String, {
    nullable: true,
    description: 'The full name, 1 to 200 characters. It cannot be cleared.',
  })
  @IsOptional()
  @IsName()
  name?: string | null;
}

@InputType({ description: "Changes to the viewer's own profile. Fields that are left out stay the same." })
export class UpdateMyProfileInput {
  @Field(() => TimeZone, {
    nullable: true,
    description: 'The time zone in which due dates, end dates and one-to-ones of the viewer are counted.',
  })
  timeZone?: string | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether the viewer is reminded of one-to-ones and open pulses by mail.',
  })
  remindersByMail?: boolean | null;
}

@InputType({ description: 'The end of a person’s employment.' })
export class EndEmploymentInput {
  @Field(() => ID, { description: 'The person whose employment ends.' })
  @IsId()
  id!: string;

  @Field(() => CalendarDate, {
    nullable: true,
    description:
      'The last day of employment, in the past or the future. A future one is visible only to the person and PEOPLE_ADMIN. Null removes the last day and restores the reporting lines and shares that it had ended.',
  })
  leftOn?: string | null;
}
