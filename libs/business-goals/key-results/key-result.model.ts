import { Field, Float, ObjectType } from '@nestjs/graphql';
import { NodeModel } from '#graphql';

@ObjectType({
  implements: () => [NodeModel],
  description: 'How one tells that a business goal is reached: a number on its way from start to target.',
})
export class KeyResult implements NodeModel {
  id!: string;

  @Field({ description: 'What is measured, in a few words.' })
  title!: string;

  @Field({ description: 'What is counted: customers, days, percent.' })
  unit!: string;

  @Field(() => Float, { description: 'Where it began.' })
  start!: number;

  @Field(() => Float, { description: 'Where it is, by the last check-in or its owner.' })
  current!: number;

  @Field(() => Float, { description: 'Where it is to be; below the start, if less is better.' })
  target!: number;

  @Field(() => Float, { description: 'How much of the way is behind it, from 0 to 1.' })
  progress!: number;
}
