import { createUnionType, Field, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { Connection, EditConflict, NodeModel, editable } from '#graphql';

/** Whether a conversation is planned, and what became of it. */
export const ConversationStatus = {
  PLANNED: 'PLANNED',
  HELD: 'HELD',
  SKIPPED: 'SKIPPED',
  CANCELLED: 'CANCELLED',
} as const;
export type ConversationStatus = keyof typeof ConversationStatus;
registerEnumType(ConversationStatus, {
  name: 'ConversationStatus',
  description:
    'Whether a conversation is planned, and what became of it. Either participant can reopen one that is not PLANNED for 7 days.',
  valuesMap: {
    PLANNED: { description: 'Scheduled, or past and not yet marked as held, skipped or cancelled.' },
    HELD: { description: 'The participants met.' },
    SKIPPED: { description: 'The participants decided not to meet.' },
    CANCELLED: { description: 'Called off by a participant, or by the end of the one-to-one.' },
  },
});

@ObjectType({
  implements: () => [NodeModel],
  description: 'A conversation of a one-to-one, planned or past. Only its two participants can see it.',
})
export class Conversation extends NodeModel {
  @Field(() => ConversationStatus, { description: 'Whether it is planned, and what became of it.' })
  status!: ConversationStatus;

  @Field(() => Date, { description: 'When it begins, or was planned to begin.' })
  scheduledAt!: Date;

  @Field(() => Date, { nullable: true, description: 'When the participants met. Null unless HELD.' })
  heldAt!: Date | null;

  @Field({
    description:
      'Whether a participant marked it as off the record: then nothing can be written to it, it has no talking points, and search does not find it.',
  })
  offTheRecord!: boolean;

  @Field(() => Int, {
    description:
      'Incremented on every change of its status or time, and of whether it is off the record, and shortly after feedback was revealed. Pass the version you last read when moving it; an outdated one returns `EditConflict`.',
  })
  version!: number;

  /** Resolved to `oneToOne`. */
  oneToOneId!: string;
  /** Resolved to `offTheRecordBy`. */
  offTheRecordById!: string | null;
}
editable(Conversation);

@ObjectType({ description: 'A page of conversations.' })
export class ConversationConnection extends Connection(Conversation) {}

@ObjectType({ description: 'The result of a change to a conversation, or to what is written in it.' })
export class ConversationPayload {
  readonly __typename?: 'ConversationPayload';

  @Field(() => Conversation, { description: 'The conversation after the change.' })
  conversation!: Conversation;
}

export const MoveConversationResult = createUnionType({
  name: 'MoveConversationResult',
  description: 'The moved conversation, or a conflict with a change made since the given version.',
  types: () => [ConversationPayload, EditConflict] as const,
  resolveType: (value: { __typename?: string }) => value.__typename,
});
