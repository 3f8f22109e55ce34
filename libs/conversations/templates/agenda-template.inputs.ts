import { Field, ID, InputType, Int } from '@nestjs/graphql';
import { ArrayMaxSize, ArrayMinSize, IsInt, IsOptional } from 'class-validator';
import { IsId, IsName, IsText } from '#graphql';

const LONGEST_NAME = 100;
const MOST_POINTS = 30;
/** A template is a list of short prompts. All templates of a person are returned at once. */
const LONGEST_POINT = 500;

@InputType({ description: 'A template to create or, with an ID, to replace.' })
export class SaveAgendaTemplateInput {
  @IsOptional()
  @IsId()
  @Field(() => ID, {
    nullable: true,
    description: 'The ID of the template to replace. Null or left out creates one.',
  })
  id?: string | null;

  @IsOptional()
  @IsInt()
  @Field(() => Int, {
    nullable: true,
    description: 'The version that the change is based on. Required with an ID.',
  })
  version?: number | null;

  @IsName(LONGEST_NAME)
  @Field({ description: 'The name, 1 to 100 characters, unique among the viewer’s templates.' })
  name!: string;

  @ArrayMinSize(1, { message: 'must have at least one talking point.' })
  @ArrayMaxSize(MOST_POINTS, { message: `must have at most ${String(MOST_POINTS)} talking points.` })
  @IsText(LONGEST_POINT, { each: true })
  @Field(() => [String], {
    description:
      'The texts of 1 to 30 talking points, in their order. At most 500 characters each, not blank.',
  })
  points!: string[];
}

@InputType({ description: 'A template, and the conversation to apply it to.' })
export class ApplyAgendaTemplateInput {
  @IsId()
  @Field(() => ID, { description: 'The ID of the template.' })
  id!: string;

  @IsId()
  @Field(() => ID, { description: 'The ID of the planned conversation.' })
  conversationId!: string;
}
