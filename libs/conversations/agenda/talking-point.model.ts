import { createUnionType, Field, Int, ObjectType } from '@nestjs/graphql';
import { editable, EditConflict, Markdown, NodeModel } from '#graphql';

@ObjectType({
  implements: () => [NodeModel],
  description:
    'A topic for a conversation. It carries over to the next conversation, with the same ID, until it is discussed.',
})
export class TalkingPoint extends NodeModel {
  @Field(() => Markdown, { description: 'Its text. Empty only in a draft that is about a goal.' })
  text!: string;

  @Field({ description: 'Whether it is a draft. Only its author can see a draft.' })
  draft!: boolean;

  @Field({
    description:
      'Whether its author marked it as coming from a customer. A mark only: it refers to no customer and is never counted.',
  })
  fromCustomer!: boolean;

  @Field(() => Int, {
    description: 'Its rank among the talking points of its conversation that the viewer can see, from 1.',
  })
  position!: number;

  @Field({
    description:
      'Whether it was discussed. Undiscussed and standing points carry over when their conversation is held, skipped or cancelled.',
  })
  discussed!: boolean;

  @Field({
    description:
      'Whether it is on every agenda until it is taken off: discussed or not, it moves to the next conversation, where it is undiscussed. Either participant can change this.',
  })
  standing!: boolean;

  @Field(() => Int, {
    description:
      'How many times it was carried over undiscussed from a conversation, or put off from one. A standing point that was discussed is not counted.',
  })
  timesCarried!: number;

  @Field(() => Int, {
    description:
      'Incremented when its text, or whether it is shared, discussed, standing or from a customer, changes. Pass the version you last read when updating; an outdated one returns `EditConflict`.',
  })
  version!: number;

  /** Resolved to `author`, `conversation` and `raisedIn`. */
  authorId!: string;
  conversationId!: string | null;
  raisedInId!: string | null;
}
editable(TalkingPoint);

@ObjectType({ description: 'The result of a change to a talking point.' })
export class TalkingPointPayload {
  readonly __typename?: 'TalkingPointPayload';

  @Field(() => TalkingPoint, { description: 'The talking point after the change.' })
  talkingPoint!: TalkingPoint;
}

export const UpdateTalkingPointResult = createUnionType({
  name: 'UpdateTalkingPointResult',
  description: 'The updated talking point, or a conflict with a change made since the given version.',
  types: () => [TalkingPointPayload, EditConflict] as const,
  resolveType: (value: { __typename?: string }) => value.__typename,
});
