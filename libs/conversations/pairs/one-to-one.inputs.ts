import { ArgsType, Field, ID, InputType, Int } from '@nestjs/graphql';
import { IsInt, IsOptional, Max, Min } from 'class-validator';
import { CalendarDate, CanBeOmitted, IsId, RecurrenceRule, TimeZone } from '#graphql';

const SHORTEST_MINUTES = 5;
const LONGEST_MINUTES = 480;
/** What is accepted as a recurrence. */
const RECURRENCE_LIMITS =
  'At most one date a day, at least one within two years, and at least one in the future. BYHOUR, BYMINUTE, BYSECOND, BYWEEKNO and BYYEARDAY are not supported; the time of day is that of `startsAt`. UNTIL as a date means the end of that day in `timeZone`.';

/** The fields that starting and rescheduling have in common. */
@InputType({ isAbstract: true })
abstract class ScheduleInput {
  @CanBeOmitted()
  @Field(() => Date, {
    nullable: true,
    description:
      'The start of the recurrence (DTSTART), within a year from now. Its time of day in `timeZone` is that of every conversation. Required if the one-to-one has no recurrence yet.',
  })
  startsAt?: Date;

  @CanBeOmitted()
  @Field(() => TimeZone, {
    nullable: true,
    description: 'The time zone of the recurrence. Defaults to the viewer’s for a new one-to-one.',
  })
  timeZone?: string;

  @CanBeOmitted()
  @IsInt()
  @Min(SHORTEST_MINUTES, { message: `must be at least ${String(SHORTEST_MINUTES)}.` })
  @Max(LONGEST_MINUTES, { message: `must be at most ${String(LONGEST_MINUTES)}.` })
  @Field(() => Int, {
    nullable: true,
    description: 'The planned duration of a conversation in minutes, 5 to 480. 30 for a new one-to-one.',
  })
  durationMinutes?: number;
}

@InputType({ description: 'A one-to-one to start, and its schedule.' })
export class StartOneToOneInput extends ScheduleInput {
  @IsId()
  @Field(() => ID, { description: 'The ID of the other person.' })
  personId!: string;

  @IsOptional()
  @Field(() => RecurrenceRule, {
    nullable: true,
    description: `How often the two meet. Null or left out for no recurrence. ${RECURRENCE_LIMITS}`,
  })
  recurrence?: string | null;
}

@InputType({ description: 'The invitation to accept.' })
export class AcceptOneToOneInput {
  @IsId()
  @Field(() => ID, { description: 'The ID of the one-to-one.' })
  id!: string;
}

@InputType({ description: 'The invitation to decline.' })
export class DeclineOneToOneInput {
  @IsId()
  @Field(() => ID, { description: 'The ID of the one-to-one.' })
  id!: string;
}

@InputType({
  description: 'Changes to the schedule of a one-to-one. Fields that are left out stay unchanged.',
})
export class RescheduleOneToOneInput extends ScheduleInput {
  @IsId()
  @Field(() => ID, { description: 'The ID of the one-to-one.' })
  id!: string;

  @IsInt()
  @Field(() => Int, { description: 'The version that the changes are based on.' })
  version!: number;

  @IsOptional()
  @Field(() => RecurrenceRule, {
    nullable: true,
    description: `The new recurrence, or null to remove it. The conversation that the previous one planned moves to the first new date, unless somebody moved it. ${RECURRENCE_LIMITS}`,
  })
  recurrence?: string | null;
}

@InputType({ description: 'The one-to-one to end.' })
export class EndOneToOneInput {
  @IsId()
  @Field(() => ID, { description: 'The ID of the one-to-one.' })
  id!: string;
}

@InputType({ description: 'A pause of a one-to-one, for example for leave.' })
export class PauseOneToOneInput {
  @IsId()
  @Field(() => ID, { description: 'The ID of the one-to-one.' })
  id!: string;

  @IsOptional()
  @Field(() => CalendarDate, {
    nullable: true,
    description:
      'The last day of the pause, in the time zone of the one-to-one. Not in the past, and within a year. Null or left out ends the pause now.',
  })
  until?: string | null;
}

@ArgsType()
export class PreviewRecurrenceArgs {
  @Field(() => RecurrenceRule, { description: `The recurrence to preview. ${RECURRENCE_LIMITS}` })
  recurrence!: string;

  @Field(() => Date, {
    description: 'The start of the recurrence (DTSTART); its time of day is that of every date.',
  })
  startsAt!: Date;

  @Field(() => TimeZone, { description: 'The time zone of the recurrence.' })
  timeZone!: string;
}
