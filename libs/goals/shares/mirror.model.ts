import { Field, ObjectType } from '@nestjs/graphql';

@ObjectType({
  description:
    'What the viewer and another person share: whether each has an ACTIVE share with the other. No counts.',
})
export class Mirror {
  @Field(() => Boolean, { description: 'Whether they share a goal with the viewer.' })
  theyShareWithMe!: boolean;

  @Field(() => Boolean, { description: 'Whether the viewer shares a goal with them.' })
  iShareWithThem!: boolean;
}
