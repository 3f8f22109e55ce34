import { Field, ID, ObjectType } from '@nestjs/graphql';
import { CalendarDate } from '#graphql';

@ObjectType({
  description:
    'A step towards a personal goal. People with whom the goal is shared without its past see the milestones that were added or reached since the share became active.',
})
export class Milestone {
  @Field(() => ID, {
    description: 'The ID of the milestone. It stays the same when `setMilestones` lists the milestone again.',
  })
  id!: string;

  goalId!: string;

  @Field(() => String, { description: 'The step in the owner’s words.' })
  title!: string;

  @Field(() => CalendarDate, {
    nullable: true,
    description: 'The day on which the owner reached it. Null if it is not reached.',
  })
  reachedOn!: string | null;
}
