import { Field, Float, ID, InputType, Int } from '@nestjs/graphql';
import { Type } from 'class-transformer';
import { ArrayMaxSize, IsOptional, ValidateNested } from 'class-validator';
import { IsId, IsMeasuredNumber, IsTitle } from '#graphql';

/** The most key results of a goal: with more, nobody knows which of them matter. */
export const MOST_KEY_RESULTS = 20;
const LONGEST_UNIT = 50;

@InputType({ description: 'A key result of a business goal: an existing one, by its ID, or a new one.' })
export class KeyResultInput {
  @IsOptional()
  @IsId()
  @Field(() => ID, {
    nullable: true,
    description: 'The existing key result to keep and change. Leave it out for a new one.',
  })
  id?: string | null;

  @IsTitle()
  @Field({ description: 'What is measured, 1 to 200 characters.' })
  title!: string;

  @IsTitle(LONGEST_UNIT)
  @Field({ description: 'The unit of the values, 1 to 50 characters, for example `days` or `%`.' })
  unit!: string;

  @IsMeasuredNumber()
  @Field(() => Float, { description: 'The value at the start.' })
  start!: number;

  @IsOptional()
  @IsMeasuredNumber()
  @Field(() => Float, {
    nullable: true,
    description:
      'The current value. If it is left out or null, an existing key result keeps its value, and a new one begins at `start`.',
  })
  current?: number | null;

  @IsMeasuredNumber()
  @Field(() => Float, { description: 'The value to reach. Must differ from `start`, and can be below it.' })
  target!: number;
}

@InputType({
  description: 'The complete list of key results of a business goal, and the version it is based on.',
})
export class SetKeyResultsInput {
  @IsId()
  @Field(() => ID, { description: 'The business goal.' })
  id!: string;

  @Field(() => Int, { description: 'The version of the goal that the list is based on.' })
  version!: number;

  @ArrayMaxSize(MOST_KEY_RESULTS)
  @ValidateNested()
  @Type(() => KeyResultInput)
  @Field(() => [KeyResultInput], {
    description:
      'All key results in display order, at most 20. Existing ones that are not in the list are deleted.',
  })
  keyResults!: KeyResultInput[];
}

@InputType({ description: 'The current value of a key result.' })
export class CurrentValueInput {
  @IsId()
  @Field(() => ID, { description: 'A key result of the goal.' })
  keyResultId!: string;

  @IsMeasuredNumber()
  @Field(() => Float, { description: 'The current value, in the unit of the key result.' })
  current!: number;
}
