import { Field, ID, InputType, Int } from '@nestjs/graphql';
import { IsInt, IsOptional, Max, Min } from 'class-validator';
import { IsId, RecurrenceRule, TimeZone } from '#graphql';

const SHORTEST_MINUTES = 5;
const LONGEST_MINUTES = 480;

/** What rescheduling and starting have in common. */
@InputType({ isAbstract: true })
abstract class RhythmInput {
  @IsOptional()
  @Field(() => Date, {
    nullable: true,
    description:
      'Where the rhythm is counted from: a moment whose time of day, in the zone, is that of every conversation. The first one is the first date of the rule that is not past. Needed where there was no rhythm before.',
  })
  startsAt?: Date | null;

  @IsOptional()
  @Field(() => TimeZone, { nullable: true, description: 'The zone of the rhythm.' })
  timeZone?: string | null;

  @IsOptional()
  @IsInt()
  @Min(SHORTEST_MINUTES, { message: `must be at least ${String(SHORTEST_MINUTES)}.` })
  @Max(LONGEST_MINUTES, { message: `must be at most ${String(LONGEST_MINUTES)}.` })
  @Field(() => Int, {
    nullable: true,
    description: 'How long a conversation is meant to last, 5 to 480 minutes.',
  })
  durationMinutes?: number | null;
}

@InputType({ description: 'A one-to-one of the viewer with somebody.' })
export class StartOneToOneInput extends RhythmInput {
  @IsId()
  @Field(() => ID, { description: 'With whom.' })
  personId!: string;

  @IsOptional()
  @Field(() => RecurrenceRule, {
    nullable: true,
    description:
      'The recurrence, or null for none: at most daily, at least every two years, with a date in the future. BYHOUR, BYMINUTE and BYSECOND are refused (the time of day is that of startsAt), and so are BYWEEKNO and BYYEARDAY. UNTIL as a date means the end of that day in timeZone.',
  })
  recurrence?: string | null;
}

@InputType({ description: 'The invitation that is accepted.' })
export class AcceptOneToOneInput {
  @IsId()
  @Field(() => ID, { description: 'The id of the one-to-one.' })
  id!: string;
}

@InputType({ description: 'The invitation that is declined. Its sender is not told.' })
export class DeclineOneToOneInput {
  @IsId()
  @Field(() => ID, { description: 'The id of the one-to-one.' })
  id!: string;
}

@InputType({ description: 'Another rhythm, zone or duration; what is left out stays.' })
export class RescheduleOneToOneInput extends RhythmInput {
  @IsId()
  @Field(() => ID, { description: 'The id of the one-to-one.' })
  id!: string;

  @IsInt()
  @Field(() => Int, { description: 'The version that this edit saw; CONFLICT if it is not the present one.' })
  version!: number;

  @IsOptional()
  @Field(() => RecurrenceRule, {
    nullable: true,
    description:
      'The rhythm; null for none from now on. With another one, the conversation that the old rhythm planned moves to its first date, unless it was moved by hand.',
  })
  recurrence?: string | null;
}

@InputType({ description: 'The one-to-one that ends.' })
export class EndOneToOneInput {
  @IsId()
  @Field(() => ID, { description: 'The id of the one-to-one.' })
  id!: string;
}
