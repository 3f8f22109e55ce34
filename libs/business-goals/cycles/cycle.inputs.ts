import { Field, ID, InputType } from '@nestjs/graphql';
import { IsOptional } from 'class-validator';
import { CalendarDate, IsId, IsName } from '#graphql';

/** The most characters of a cycle's name. */
const LONGEST_NAME = 100;

@InputType({ description: 'A new cycle.' })
export class CreateCycleInput {
  @IsName(LONGEST_NAME)
  @Field({ description: 'Its name, at most 100 characters, used once in the organization.' })
  name!: string;

  @Field(() => CalendarDate, { description: 'Its first day.' })
  startsOn!: string;

  @Field(() => CalendarDate, { description: 'Its last day, not before the first.' })
  endsOn!: string;
}

@InputType({ description: 'Changes of a cycle; what is left out or null stays.' })
export class UpdateCycleInput {
  @IsId()
  @Field(() => ID, { description: 'The cycle.' })
  id!: string;

  @IsOptional()
  @IsName(LONGEST_NAME)
  @Field(() => String, { nullable: true, description: 'Its name.' })
  name?: string | null;

  @Field(() => CalendarDate, { nullable: true, description: 'Its first day.' })
  startsOn?: string | null;

  @Field(() => CalendarDate, { nullable: true, description: 'Its last day, not before the first.' })
  endsOn?: string | null;
}
