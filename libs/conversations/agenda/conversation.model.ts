import { Field, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { Connection, NodeModel, editable } from '#graphql';

/** What became of a conversation. */
export const ConversationStatus = {
  PLANNED: 'PLANNED',
  HELD: 'HELD',
  SKIPPED: 'SKIPPED',
  CANCELLED: 'CANCELLED',
} as const;
export type ConversationStatus = keyof typeof ConversationStatus;
registerEnumType(ConversationStatus, {
  name: 'ConversationStatus',
  description: 'What became of a conversation. Either side may take back what is not PLANNED for 7 days.',
  valuesMap: {
    PLANNED: { description: 'The two mean to meet, or have not yet said whether they did.' },
    HELD: { description: 'They met.' },
    SKIPPED: { description: 'They left this one out.' },
    CANCELLED: { description: 'It was called off.' },
  },
});

@ObjectType({
  implements: () => [NodeModel],
  description: 'One conversation of a one-to-one, planned or past. Only its two people read it.',
})
export class Conversation extends NodeModel {
  @Field(() => ConversationStatus, { description: 'What became of it.' })
  status!: ConversationStatus;

  @Field(() => Date, { description: 'When it is, or was, to begin.' })
  scheduledAt!: Date;

  @Field(() => Date, { nullable: true, description: 'When the two met; null unless HELD.' })
  heldAt!: Date | null;

  @Field(() => Int, {
    description: 'Rises with every change of it; moving it names the version that it saw.',
  })
  version!: number;

  /** Resolved to `oneToOne`. */
  oneToOneId!: string;
}
editable(Conversation);

@ObjectType({ description: 'A page of conversations.' })
export class ConversationConnection extends Connection(Conversation) {}

@ObjectType({ description: 'The conversation that was changed.' })
export class ConversationPayload {
  @Field(() => Conversation, { description: 'It, as it is now.' })
  conversation!: Conversation;
}
