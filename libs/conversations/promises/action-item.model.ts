import { createUnionType, Field, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { CalendarDate, Connection, editable, EditConflict, Markdown, NodeModel } from '#graphql';

/** What became of a promise. */
export const ActionItemState = { OPEN: 'OPEN', DONE: 'DONE', DROPPED: 'DROPPED' } as const;
export type ActionItemState = keyof typeof ActionItemState;
registerEnumType(ActionItemState, {
  name: 'ActionItemState',
  description: 'What became of a promise. Its owner closes it, once.',
  valuesMap: {
    OPEN: { description: 'It stands before both.' },
    DONE: { description: 'Its owner did it.' },
    DROPPED: { description: 'Its owner will not do it.' },
  },
});

@ObjectType({
  implements: () => [NodeModel],
  description:
    'A promise of one of the two. Both see it, nobody else does, and there is no rate of anybody’s.',
})
export class ActionItem extends NodeModel {
  @Field(() => Markdown, { description: 'What was promised; either may word it anew while it is open.' })
  text!: string;

  @Field(() => CalendarDate, {
    nullable: true,
    description:
      'The due date, in the time zone that its owner had when it was set; a later change of zone changes nothing. Only the owner moves it, before that day is over.',
  })
  dueOn!: string | null;

  @Field(() => ActionItemState, { description: 'What became of it.' })
  state!: ActionItemState;

  @Field(() => Date, { nullable: true, description: 'When it was closed.' })
  closedAt!: Date | null;

  @Field(() => Int, {
    description:
      'How often its owner moved or removed the due date before it had passed. Both participants see it.',
  })
  renegotiated!: number;

  @Field(() => Boolean, {
    nullable: true,
    description:
      'Whether it was done by the due date. Null while open, without a due date, or dropped before it.',
  })
  kept!: boolean | null;

  @Field(() => Int, { description: 'Rises with every change of it; an edit names the version that it saw.' })
  version!: number;

  /** Resolved to `oneToOne`, `owner` and `madeIn`. */
  oneToOneId!: string;
  ownerId!: string;
  madeInId!: string | null;
}
editable(ActionItem);

@ObjectType({ description: 'A page of promises.' })
export class ActionItemConnection extends Connection(ActionItem) {}

@ObjectType({
  description:
    'What one of the two promised the other, in lists, for both. There are no rates, and nobody else sees it.',
})
export class Promises {
  @Field(() => [ActionItem], { description: 'Open, and not past their date.' })
  open!: ActionItem[];

  @Field(() => [ActionItem], {
    description: 'Past their date when they were closed, or open and past it now.',
  })
  late!: ActionItem[];

  @Field(() => [ActionItem], { description: 'Done by the date then agreed.' })
  kept!: ActionItem[];

  /** Resolved to `person`. */
  personId!: string;
}

@ObjectType({ description: 'The promise that was changed.' })
export class ActionItemPayload {
  readonly __typename?: 'ActionItemPayload';

  @Field(() => ActionItem, { description: 'It, as it is now.' })
  actionItem!: ActionItem;
}

export const UpdateActionItemResult = createUnionType({
  name: 'UpdateActionItemResult',
  description: 'What became of an edit of a promise.',
  types: () => [ActionItemPayload, EditConflict] as const,
  resolveType: (value: { __typename?: string }) => value.__typename,
});
