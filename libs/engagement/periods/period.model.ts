import { Field, ObjectType } from '@nestjs/graphql';
import { CalendarDate } from '#graphql';

@ObjectType({
  description:
    "A calendar month or quarter, in the organization's time zone. Which people are in which group, and the minimum group size, are fixed when it begins.",
})
export class Period {
  @Field({ description: 'The month, such as `2026-05`, or the quarter, such as `2026-Q2`.' })
  key!: string;

  @Field(() => CalendarDate, { description: 'The first day.' })
  startsOn!: string;

  @Field(() => CalendarDate, { description: 'The last day.' })
  endsOn!: string;

  @Field({ description: 'Whether it is over.' })
  closed!: boolean;
}
