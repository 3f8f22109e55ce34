import { Field, ID, ObjectType } from '@nestjs/graphql';
import { CalendarDate, Markdown, NodeModel } from '#graphql';

@ObjectType({
  implements: () => [NodeModel],
  description:
    'A change of a person’s PRIMARY manager, and what they pass on. Nothing moves by itself: the person chooses what the new manager gets. Visible to the person, for 90 days after the change or, once completed, for good; and to the new manager if something was offered to them, while they manage the person.',
})
export class Handover extends NodeModel {
  @Field(() => CalendarDate, { description: 'The first day without the former manager.' })
  openedOn!: string;

  @Field(() => Date, { nullable: true, description: 'When the person completed it. Null before.' })
  completedAt!: Date | null;

  /** Resolved to `person`, `from` and `to`. */
  personId!: string;
  fromId!: string;
  toId!: string | null;
}

@ObjectType({
  description: 'A promise in the words of the person who passes it on, for the new manager to adopt.',
})
export class OfferedPromise {
  @Field(() => ID, { description: 'The ID to pass to `adoptActionItem`.' })
  id!: string;

  @Field(() => Markdown, { description: 'What the person asks the new manager to promise.' })
  text!: string;

  /** Resolved to `dueOn`. */
  day!: string | null;
  /** Resolved to `adopted`. */
  actionItemId!: string | null;
}

@ObjectType({
  description: 'A mandate of the former manager, offered to the new manager, who can grant it again or not.',
})
export class OfferedMandate {
  @Field(() => ID, { description: 'The ID to pass to `grantMandate` as `offeredMandateId`.' })
  id!: string;

  @Field(() => Markdown, { description: 'The text of the former mandate.' })
  text!: string;

  /** Resolved to `lastDay`. */
  day!: string | null;
  /** Resolved to `granted`. */
  mandateId!: string | null;
}

@ObjectType({ description: 'The result of a change to a handover.' })
export class HandoverPayload {
  @Field(() => Handover, { description: 'The handover after the change.' })
  handover!: Handover;
}
