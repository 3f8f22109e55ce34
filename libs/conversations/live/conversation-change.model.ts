import { createUnionType, Field, ID, ObjectType } from '@nestjs/graphql';
import { Conversation } from '../agenda/conversation.model.js';
import { TalkingPoint } from '../agenda/talking-point.model.js';
import { SharedNotes } from '../notes/notes.model.js';
import { ActionItem } from '../promises/action-item.model.js';

@ObjectType({ description: 'An object that was deleted.' })
class RemovedNode {
  readonly __typename?: 'RemovedNode';

  @Field(() => ID, { description: 'The ID that it had.' })
  id!: string;

  @Field({ description: 'The name of its type, for example `TalkingPoint`.' })
  typename!: string;
}

export const ConversationChange = createUnionType({
  name: 'ConversationChange',
  description: 'What has changed in a conversation, as it is when it is sent.',
  types: () => [TalkingPoint, ActionItem, SharedNotes, Conversation, RemovedNode] as const,
  resolveType: (value: { __typename?: string }) => value.__typename,
});
