import { createUnionType, Field, Int, ObjectType } from '@nestjs/graphql';
import { Connection, EditConflict, Markdown, NodeModel } from '#graphql';
import { GoalHealth } from '../goals/business-goal.model.js';

@ObjectType({
  implements: () => [NodeModel],
  description:
    'A report on the health of a business goal by its owner or an assignee. Visible with its goal; it cannot be changed.',
})
export class CheckIn implements NodeModel {
  id!: string;

  @Field(() => Markdown, {
    nullable: true,
    description: 'What the author reported. Null if they wrote nothing.',
  })
  text!: string | null;

  @Field(() => Int, {
    description: 'How confident the author was that the goal will be reached, from 1 (lowest) to 5.',
  })
  confidence!: number;

  @Field(() => GoalHealth, { description: 'The health that the author reported.' })
  health!: GoalHealth;

  @Field(() => Date, { description: 'When the check-in was added.' })
  at!: Date;
}

@ObjectType({ description: 'A page of check-ins.' })
export class CheckInConnection extends Connection(CheckIn) {}

@ObjectType({ description: 'The check-in that was added, and its goal.' })
export class CheckInPayload {
  readonly __typename?: 'CheckInPayload';

  @Field(() => CheckIn, { description: 'The new check-in.' })
  checkIn!: CheckIn;

  businessGoalId!: string;
}

export const CheckInBusinessGoalResult = createUnionType({
  name: 'CheckInBusinessGoalResult',
  description:
    'The check-in that was added, or `EditConflict` if current values were based on an outdated version of the goal.',
  types: () => [CheckInPayload, EditConflict] as const,
  resolveType: (value: { __typename?: string }) => value.__typename,
});
