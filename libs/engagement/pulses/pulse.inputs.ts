import { Field, ID, InputType, Int } from '@nestjs/graphql';
import { Type } from 'class-transformer';
import { ArrayMaxSize, IsInt, IsString, MaxLength, ValidateNested } from 'class-validator';
import { IsId } from '#graphql';

/** More than any pulse has questions. */
const MOST_ANSWERS = 20;

@InputType({ description: 'The score of one question.' })
export class PulseScoreInput {
  @IsString()
  @MaxLength(100)
  @Field(() => ID, { description: 'The ID of a question of the pulse.' })
  questionId!: string;

  @IsInt()
  @Field(() => Int, {
    description: 'The score: 1 to 5, or 0 to 10 for a question whose `scale` is `ZERO_TO_TEN`.',
  })
  score!: number;
}

@InputType({
  description: 'An answer to a pulse. It replaces the one that the viewer gave before, as a whole.',
})
export class AnswerPulseInput {
  @IsId()
  @Field(() => ID, { description: 'The ID of a pulse that is open.' })
  id!: string;

  @ArrayMaxSize(MOST_ANSWERS)
  @ValidateNested({ each: true })
  @Type(() => PulseScoreInput)
  @Field(() => [PulseScoreInput], {
    description:
      'The scores. Each question can be left out, and is then not answered. An empty list withdraws the answer.',
  })
  scores!: PulseScoreInput[];
}
