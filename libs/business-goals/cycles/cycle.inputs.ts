import { Field, ID, InputType } from '@nestjs/graphql';
import { CalendarDate, CanBeOmitted, IsId, IsName } from '#graphql';

/** The most characters of a cycle's name. */
const LONGEST_NAME = 100;

@InputType({ description: 'The cycle to create.' })
export class CreateCycleInput {
  @IsName(LONGEST_NAME)
  @Field({ description: 'The name, 1 to 100 characters, unique in the organization.' })
  name!: string;

  @Field(() => CalendarDate, { description: 'The first day.' })
  startsOn!: string;

  @Field(() => CalendarDate, { description: 'The last day, inclusive. Not before the first.' })
  endsOn!: string;
}

@InputType({ description: 'The fields of a cycle to change. Fields that are left out stay as they are.' })
export class UpdateCycleInput {
  @IsId()
  @Field(() => ID, { description: 'The cycle to update.' })
  id!: string;

  @CanBeOmitted()
  @IsName(LONGEST_NAME)
  @Field(() => String, {
    nullable: true,
    description: 'The new name, 1 to 100 characters, unique in the organization. Cannot be null.',
  })
  name?: string;

  @CanBeOmitted()
  @Field(() => CalendarDate, { nullable: true, description: 'The new first day. Cannot be null.' })
  startsOn?: string;

  @CanBeOmitted()
  @Field(() => CalendarDate, {
    nullable: true,
    description: 'The new last day, inclusive. Not before the first. Cannot be null.',
  })
  endsOn?: string;
}
