import { createUnionType, Field, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { Connection, editable, EditConflict, Markdown, NodeModel } from '#graphql';

/** Set by the owner of a business goal. */
export const BusinessGoalState = {
  DRAFT: 'DRAFT',
  OPEN: 'OPEN',
  ACHIEVED: 'ACHIEVED',
  MISSED: 'MISSED',
  CANCELLED: 'CANCELLED',
} as const;
export type BusinessGoalState = keyof typeof BusinessGoalState;

registerEnumType(BusinessGoalState, {
  name: 'BusinessGoalState',
  description: 'The state of a business goal, set by its owner.',
  valuesMap: {
    DRAFT: {
      description:
        'Not published: visible to its owner and assignees only. A published goal cannot become a draft again.',
    },
    OPEN: { description: 'Published and in progress. Only open goals take check-ins.' },
    ACHIEVED: { description: 'Closed, and reached.' },
    MISSED: { description: 'Closed, and not reached. It can be continued in a later cycle.' },
    CANCELLED: { description: 'Closed without a result, because it is no longer wanted.' },
  },
});

/** Reported by check-ins. */
export const GoalHealth = { ON_TRACK: 'ON_TRACK', AT_RISK: 'AT_RISK', OFF_TRACK: 'OFF_TRACK' } as const;
export type GoalHealth = keyof typeof GoalHealth;

registerEnumType(GoalHealth, {
  name: 'GoalHealth',
  description: 'How likely a business goal is to be reached, as a check-in reports it.',
  valuesMap: {
    ON_TRACK: { description: 'Expected to be reached.' },
    AT_RISK: { description: 'May be missed.' },
    OFF_TRACK: { description: 'Will be missed unless something changes.' },
  },
});

@ObjectType('BusinessGoal', {
  implements: () => [NodeModel],
  description:
    'An objective of the organization, with key results, in a cycle. Visible to the whole organization; a draft only to its owner and assignees.',
})
export class BusinessGoal implements NodeModel {
  id!: string;

  @Field({ description: 'The title, at most 200 characters.' })
  title!: string;

  @Field(() => Markdown, { nullable: true, description: 'A longer description. Null if there is none.' })
  description!: string | null;

  @Field(() => BusinessGoalState, { description: 'The state that the owner set.' })
  state!: BusinessGoalState;

  @Field(() => GoalHealth, {
    nullable: true,
    description: 'The health that the last check-in reported. Null before the first check-in.',
  })
  health!: GoalHealth | null;

  @Field(() => Boolean, {
    description: 'Whether the owner set `progress` by hand, which replaces the mean of the key results.',
  })
  progressSetByHand!: boolean;

  @Field(() => Int, {
    description:
      'Incremented on every change of the goal or its key results. Pass the version you last read; an outdated one returns `EditConflict`.',
  })
  version!: number;
}

editable(BusinessGoal);

@ObjectType({ description: 'A page of business goals.' })
export class BusinessGoalConnection extends Connection(BusinessGoal) {}

@ObjectType({ description: 'The business goal that a mutation created or changed.' })
export class BusinessGoalPayload {
  readonly __typename?: 'BusinessGoalPayload';

  @Field(() => BusinessGoal, {
    nullable: true,
    description:
      'The goal after the mutation. Null only if the viewer can no longer see it: a draft that they transferred to another person.',
  })
  businessGoal!: BusinessGoal | null;
}

export const UpdateBusinessGoalResult = createUnionType({
  name: 'UpdateBusinessGoalResult',
  description:
    'The updated business goal, or `EditConflict` if the goal has changed since the version that was passed.',
  types: () => [BusinessGoalPayload, EditConflict] as const,
  resolveType: (value: { __typename?: string }) => value.__typename,
});
