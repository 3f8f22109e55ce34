import { createUnionType, Field, ObjectType, registerEnumType } from '@nestjs/graphql';
import { Markdown, NodeModel } from '#graphql';

/** The state of an alignment. */
export const AlignmentState = { PROPOSED: 'PROPOSED', PLACED: 'PLACED', DECLINED: 'DECLINED' } as const;
export type AlignmentState = keyof typeof AlignmentState;
registerEnumType(AlignmentState, {
  name: 'AlignmentState',
  description: 'The state of an alignment.',
  valuesMap: {
    PROPOSED: {
      description:
        'Proposed to the owner of the personal goal. Visible to the owner and the proposer, for 30 days. The proposer of a declined proposal sees this state too.',
    },
    PLACED: { description: 'Placed in the personal goal by its owner.' },
    DECLINED: { description: 'Declined by the owner. Only the owner sees this state.' },
  },
});

@ObjectType({
  implements: () => [NodeModel],
  description:
    'A business goal as part of a personal goal. A placed one is visible to everybody who can see the personal goal.',
})
export class Alignment implements NodeModel {
  id!: string;

  @Field(() => Markdown, {
    nullable: true,
    description:
      'How the business goal serves the personal goal, in the words of the person who placed or proposed it. At most 20,000 characters.',
  })
  how!: string | null;

  @Field(() => AlignmentState, { description: 'Whether the business goal is proposed or placed.' })
  state!: AlignmentState;

  @Field(() => Date, {
    nullable: true,
    description:
      'When it was placed or proposed. Visible to the owner of the personal goal and, for their own proposals, to the proposer; null for others.',
  })
  createdAt!: Date | null;
}

@ObjectType({ description: 'The result of placing, proposing or changing an alignment.' })
export class AlignmentPayload {
  readonly __typename?: 'AlignmentPayload';

  @Field(() => Alignment, { description: 'The alignment after the change.' })
  alignment!: Alignment;
}

@ObjectType({ description: 'The business goal is already part of the personal goal. Nothing was changed.' })
export class AlreadyPlaced {
  readonly __typename?: 'AlreadyPlaced';

  @Field(() => Alignment, { description: 'The existing alignment.' })
  alignment!: Alignment;
}

export const PlaceBusinessGoalResult = createUnionType({
  name: 'PlaceBusinessGoalResult',
  description: 'The new alignment, or the existing one.',
  types: () => [AlignmentPayload, AlreadyPlaced] as const,
  resolveType: (value: { __typename?: string }) => value.__typename,
});
