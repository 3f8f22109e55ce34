import { createUnionType, Field, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { Connection, editable, EditConflict, Markdown, NodeModel } from '#graphql';

/** How a business goal stands. */
export const BusinessGoalStatus = {
  DRAFT: 'DRAFT',
  ON_TRACK: 'ON_TRACK',
  AT_RISK: 'AT_RISK',
  OFF_TRACK: 'OFF_TRACK',
  ACHIEVED: 'ACHIEVED',
  MISSED: 'MISSED',
  CANCELLED: 'CANCELLED',
} as const;
export type BusinessGoalStatus = (typeof BusinessGoalStatus)[keyof typeof BusinessGoalStatus];

registerEnumType(BusinessGoalStatus, {
  name: 'BusinessGoalStatus',
  description: 'How a business goal stands.',
  valuesMap: {
    DRAFT: {
      description:
        'Not published: seen by its owner and assignees only. A published goal never becomes a draft again.',
    },
    ON_TRACK: { description: 'Going as hoped.' },
    AT_RISK: { description: 'In danger of being missed.' },
    OFF_TRACK: { description: 'Will be missed unless something changes.' },
    ACHIEVED: { description: 'Reached.' },
    MISSED: { description: 'Over, and not reached.' },
    CANCELLED: { description: 'Given up by its owner.' },
  },
});

@ObjectType('BusinessGoal', {
  implements: () => [NodeModel],
  description:
    'What the company wants to reach: an objective with key results. The organization sees it; a draft is seen by its owner and assignees only.',
})
export class BusinessGoal implements NodeModel {
  id!: string;

  @Field({ description: 'In a few words.' })
  title!: string;

  @Field(() => Markdown, { nullable: true, description: 'In more words.' })
  description!: string | null;

  @Field(() => BusinessGoalStatus, {
    description: 'How it stands: what its owner or the last check-in said.',
  })
  status!: BusinessGoalStatus;

  @Field(() => Boolean, {
    description: 'Whether its owner set the progress, instead of the mean of its key results.',
  })
  progressSetByHand!: boolean;

  @Field(() => Int, {
    description:
      'Rises with every change of the goal or its key results; an edit names the version that it saw.',
  })
  version!: number;
}

editable(BusinessGoal);

@ObjectType({ description: 'A page of BusinessGoal.' })
export class BusinessGoalConnection extends Connection(BusinessGoal) {}

@ObjectType({ description: 'The business goal that was made or changed.' })
export class BusinessGoalPayload {
  readonly __typename?: 'BusinessGoalPayload';

  @Field(() => BusinessGoal, {
    nullable: true,
    description:
      'The goal as it is now. Null only where the viewer may see it no more: a draft that they handed on.',
  })
  businessGoal!: BusinessGoal | null;
}

export const UpdateBusinessGoalResult = createUnionType({
  name: 'UpdateBusinessGoalResult',
  description: 'The goal as it is now, or what it became meanwhile by somebody else’s edit.',
  types: () => [BusinessGoalPayload, EditConflict] as const,
  resolveType: (value: { __typename?: string }) => value.__typename,
});
