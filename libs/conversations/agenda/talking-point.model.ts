import { createUnionType, Field, Int, ObjectType } from '@nestjs/graphql';
import { editable, EditConflict, Markdown, NodeModel } from '#graphql';

@ObjectType({
  implements: () => [NodeModel],
  description:
    'Something to talk about. It keeps its identity when it is carried over: one point, however many conversations it waits.',
})
export class TalkingPoint extends NodeModel {
  @Field(() => Markdown, { description: 'Its author’s words. Empty only in a draft that is about a goal.' })
  text!: string;

  @Field({ description: 'A draft is its author’s alone.' })
  draft!: boolean;

  @Field(() => Int, {
    description:
      'Where it stands among the points of its conversation that the viewer sees: 1 for the first.',
  })
  position!: number;

  @Field({ description: 'Whether it was talked about. What was not carries over to the next conversation.' })
  discussed!: boolean;

  @Field(() => Int, { description: 'How many conversations it was carried over from.' })
  timesCarried!: number;

  @Field(() => Int, {
    description: 'Rises with every change of its words and its marks; an edit names the version that it saw.',
  })
  version!: number;

  /** Resolved to `author`, `conversation` and `raisedIn`. */
  authorId!: string;
  conversationId!: string | null;
  raisedInId!: string | null;
}
editable(TalkingPoint);

@ObjectType({ description: 'The talking point that was changed.' })
export class TalkingPointPayload {
  readonly __typename?: 'TalkingPointPayload';

  @Field(() => TalkingPoint, { description: 'It, as it is now.' })
  talkingPoint!: TalkingPoint;
}

export const UpdateTalkingPointResult = createUnionType({
  name: 'UpdateTalkingPointResult',
  description: 'What became of an edit of a talking point.',
  types: () => [TalkingPointPayload, EditConflict] as const,
  resolveType: (value: { __typename?: string }) => value.__typename,
});
