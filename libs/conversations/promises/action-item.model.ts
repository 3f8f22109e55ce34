import { createUnionType, Field, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { CalendarDate, Connection, editable, EditConflict, Markdown, NodeModel } from '#graphql';

/** Whether an action item is open, and how it was closed. */
export const ActionItemState = { OPEN: 'OPEN', DONE: 'DONE', DROPPED: 'DROPPED' } as const;
export type ActionItemState = keyof typeof ActionItemState;
registerEnumType(ActionItemState, {
  name: 'ActionItemState',
  description: 'Whether an action item is open, and how its owner closed it.',
  valuesMap: {
    OPEN: { description: 'Not closed.' },
    DONE: { description: 'Closed by its owner as done.' },
    DROPPED: { description: 'Closed by its owner without being done.' },
  },
});

/** The state of an action item together with its due date. */
export const ActionItemStanding = {
  OPEN: 'OPEN',
  LATE: 'LATE',
  KEPT: 'KEPT',
  DONE: 'DONE',
  DROPPED: 'DROPPED',
} as const;
export type ActionItemStanding = keyof typeof ActionItemStanding;
registerEnumType(ActionItemStanding, {
  name: 'ActionItemStanding',
  description:
    'The state of an action item measured against its due date. A due date passes at the end of that day in the time zone that the owner had when it was set; one that falls into a pause of the one-to-one passes at the end of the pause.',
  valuesMap: {
    OPEN: { description: 'Open, and its due date has not passed or it has none.' },
    LATE: {
      description: 'Open after its due date passed, or closed after it passed. Closing does not change this.',
    },
    KEPT: { description: 'Done by its due date.' },
    DONE: { description: 'Done, without a due date.' },
    DROPPED: {
      description:
        'Dropped before its due date passed, dropped without a due date, or refused by its owner (see `viewerCanRefuse`).',
    },
  },
});

@ObjectType({
  implements: () => [NodeModel],
  description:
    'Something that one participant of a one-to-one promised the other. Only the two participants can see it.',
})
export class ActionItem extends NodeModel {
  @Field(() => Markdown, {
    description: 'What is promised. Either participant can change it while the action item is open.',
  })
  text!: string;

  @Field(() => CalendarDate, {
    nullable: true,
    description:
      'The due date, inclusive, in the time zone that its owner had when the date was set. Null without one.',
  })
  dueOn!: string | null;

  @Field(() => ActionItemState, { description: 'Whether it is open, and how it was closed.' })
  state!: ActionItemState;

  @Field(() => ActionItemStanding, { description: 'Its state measured against its due date.' })
  standing!: ActionItemStanding;

  @Field(() => Date, { nullable: true, description: 'When its owner closed it. Null while it is open.' })
  closedAt!: Date | null;

  @Field(() => Int, {
    description:
      'How many times its owner moved or removed the due date before it had passed. Both participants can see it.',
  })
  renegotiated!: number;

  @Field(() => Int, {
    description:
      'Incremented on every change. Pass the version you last read when updating; an outdated one returns `EditConflict`.',
  })
  version!: number;

  /** Resolved to `oneToOne`, `owner`, `author` and `madeIn`. */
  oneToOneId!: string;
  ownerId!: string;
  createdById!: string;
  madeInId!: string | null;
}
editable(ActionItem);

@ObjectType({ description: 'A page of action items.' })
export class ActionItemConnection extends Connection(ActionItem) {}

@ObjectType({ description: 'The result of a change to an action item.' })
export class ActionItemPayload {
  readonly __typename?: 'ActionItemPayload';

  @Field(() => ActionItem, { description: 'The action item after the change.' })
  actionItem!: ActionItem;
}

export const UpdateActionItemResult = createUnionType({
  name: 'UpdateActionItemResult',
  description: 'The updated action item, or a conflict with a change made since the given version.',
  types: () => [ActionItemPayload, EditConflict] as const,
  resolveType: (value: { __typename?: string }) => value.__typename,
});
