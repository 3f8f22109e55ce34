import { Field, Float, ObjectType } from '@nestjs/graphql';
import { NodeModel } from '#graphql';

@ObjectType({
  implements: () => [NodeModel],
  description:
    'A measure of a business goal: a number that goes from a start to a target. Visible with its goal.',
})
export class KeyResult implements NodeModel {
  id!: string;

  @Field({ description: 'What is measured, at most 200 characters.' })
  title!: string;

  @Field({ description: 'The unit of the values, for example `days` or `%`.' })
  unit!: string;

  @Field(() => Float, { description: 'The value at the start.' })
  start!: number;

  @Field(() => Float, { description: 'The current value, from the last check-in or edit that set it.' })
  current!: number;

  @Field(() => Float, { description: 'The value to reach. Below `start` if less is better.' })
  target!: number;

  @Field(() => Float, {
    description:
      'How far `current` is from `start` to `target`: 0 at or before the start, 1 at or beyond the target.',
  })
  progress!: number;
}
