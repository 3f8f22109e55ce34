import { Field, ID, ObjectType } from '@nestjs/graphql';
import { CalendarDate } from '#graphql';

@ObjectType({ description: 'A step on the way of a personal goal.' })
export class Milestone {
  @Field(() => ID, { description: 'Its id; it stays when the milestones are set anew with it.' })
  id!: string;

  goalId!: string;

  @Field(() => String, { description: "In the owner's words." })
  title!: string;

  @Field(() => CalendarDate, {
    nullable: true,
    description: 'The day on which it was reached; null until then.',
  })
  reachedOn!: string | null;
}
