import { Field, ID, InputType, Int } from '@nestjs/graphql';
import { Type } from 'class-transformer';
import { ArrayMaxSize, IsOptional, ValidateNested } from 'class-validator';
import { CalendarDate, IsId, IsTitle } from '#graphql';

const MAX_MILESTONES = 100;

@InputType({ description: 'A milestone in the list that `setMilestones` sets.' })
export class MilestoneInput {
  @IsOptional()
  @IsId()
  @Field(() => ID, {
    nullable: true,
    description: 'The ID of a milestone of this goal to keep. Leave it out to add a new one.',
  })
  id?: string | null;

  @IsTitle()
  @Field(() => String, { description: 'The step in the owner’s words, at most 200 characters.' })
  title!: string;

  @Field(() => CalendarDate, {
    nullable: true,
    description:
      'The day on which it was reached, today at the latest. Null marks it as not reached; if left out, a kept milestone stays as it is.',
  })
  reachedOn?: string | null;
}

@InputType({ description: 'The complete list of a goal’s milestones.' })
export class SetMilestonesInput {
  @IsId()
  @Field(() => ID, { description: 'The ID of the personal goal.' })
  id!: string;

  @Field(() => Int, {
    description: 'The version of the goal that you last read. An outdated one returns `EditConflict`.',
  })
  version!: number;

  @ArrayMaxSize(MAX_MILESTONES, { message: `can be at most ${String(MAX_MILESTONES)}.` })
  @Type(() => MilestoneInput)
  @ValidateNested({ each: true })
  @Field(() => [MilestoneInput], {
    description:
      'All milestones of the goal in their order, at most 100. Milestones that are not listed are deleted.',
  })
  milestones!: MilestoneInput[];
}

@InputType({ description: 'A milestone, and the day on which it was reached.' })
export class ReachMilestoneInput {
  @IsId()
  @Field(() => ID, { description: 'The ID of the milestone.' })
  id!: string;

  @Field(() => CalendarDate, {
    nullable: true,
    description:
      'The day on which it was reached, today at the latest. If left out, a milestone that is not reached yet is reached today. Null marks it as not reached again.',
  })
  reachedOn?: string | null;
}
