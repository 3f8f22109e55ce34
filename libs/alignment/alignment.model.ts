import { createUnionType, Field, ObjectType, registerEnumType } from '@nestjs/graphql';
import { Markdown, NodeModel } from '#graphql';

/** Whether a business goal is part of a personal goal. */
export const AlignmentState = { PROPOSED: 'PROPOSED', PLACED: 'PLACED', DECLINED: 'DECLINED' } as const;
export type AlignmentState = keyof typeof AlignmentState;
registerEnumType(AlignmentState, {
  name: 'AlignmentState',
  description: 'Whether a business goal is part of a personal goal.',
  valuesMap: {
    PROPOSED: {
      description:
        'Somebody asks the owner of the personal goal to place it. For the two of them only, for thirty days. To its proposer a declined proposal looks like this too.',
    },
    PLACED: { description: 'It is part of the personal goal, by its owner’s own yes.' },
    DECLINED: { description: 'The owner said no. For the owner only.' },
  },
});

@ObjectType({
  implements: () => [NodeModel],
  description:
    'A business goal placed inside a personal goal: the business goal is the part, the personal goal the whole. Whoever can see the personal goal sees it.',
})
export class Alignment implements NodeModel {
  id!: string;

  @Field(() => Markdown, { nullable: true, description: 'How this work serves that part of a life.' })
  how!: string | null;

  @Field(() => AlignmentState, { description: 'Whether it is placed.' })
  state!: AlignmentState;

  @Field(() => Date, {
    nullable: true,
    description:
      'When it was placed or proposed. For the owner of the personal goal, and for the proposer of their own; null for anyone else.',
  })
  createdAt!: Date | null;
}

@ObjectType({ description: 'The alignment that was made or changed.' })
export class AlignmentPayload {
  readonly __typename?: 'AlignmentPayload';

  @Field(() => Alignment, { description: 'The alignment as it is now.' })
  alignment!: Alignment;
}

@ObjectType({ description: 'This business goal is part of this personal goal already; nothing was changed.' })
export class AlreadyPlaced {
  readonly __typename?: 'AlreadyPlaced';

  @Field(() => Alignment, { description: 'How it is placed.' })
  alignment!: Alignment;
}

export const PlaceBusinessGoalResult = createUnionType({
  name: 'PlaceBusinessGoalResult',
  description: 'The alignment that was made, or the one that was there already.',
  types: () => [AlignmentPayload, AlreadyPlaced] as const,
  resolveType: (value: { __typename?: string }) => value.__typename,
});
