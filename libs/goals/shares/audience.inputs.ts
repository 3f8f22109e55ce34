import { ArgsType, Field, ID } from '@nestjs/graphql';
import { ArrayMaxSize, IsOptional } from 'class-validator';
import { IsId } from '#graphql';
import { GoalVisibility } from '../personal-goals/personal-goal.model.js';

const MAX_PEOPLE = 100;

@ArgsType()
export class WhoWouldSeeArgs {
  @IsOptional()
  @IsId()
  @Field(() => ID, {
    nullable: true,
    description: 'The ID of one of the viewer’s goals. Leave it out for a goal that does not exist yet.',
  })
  goalId?: string | null;

  @Field(() => GoalVisibility, { description: 'The visibility that the goal would have.' })
  visibility!: GoalVisibility;

  @ArrayMaxSize(MAX_PEOPLE, { message: `must name at most ${String(MAX_PEOPLE)} people.` })
  @IsId({ each: true })
  @Field(() => [ID], {
    description:
      'The IDs of people with whom the goal would be shared in addition to its current shares, at most 100. Must be empty for PRIVATE.',
  })
  personIds!: string[];
}
