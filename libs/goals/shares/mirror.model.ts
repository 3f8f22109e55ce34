import { Field, ID, ObjectType } from '@nestjs/graphql';

@ObjectType({
  description:
    'Whether the viewer and another person share personal goals with each other by name. Only ACTIVE shares count. It contains no numbers.',
})
export class Mirror {
  @Field(() => ID, { description: 'A globally unique, opaque identifier.' })
  id!: string;

  @Field(() => Boolean, { description: 'Whether the other person shares a goal with the viewer.' })
  theyShareWithMe!: boolean;

  @Field(() => Boolean, { description: 'Whether the viewer shares a goal with the other person.' })
  iShareWithThem!: boolean;
}
