import { createUnionType, Field, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { CalendarDate, editable, EditConflict, Markdown, NodeModel } from '#graphql';
import { TrendMetric } from '../trend-metric.js';
import { TrendTree } from '../trend.model.js';

export const TrendResponseState = { OPEN: 'OPEN', DONE: 'DONE', NOT_DONE: 'NOT_DONE' } as const;
export type TrendResponseState = keyof typeof TrendResponseState;
registerEnumType(TrendResponseState, {
  name: 'TrendResponseState',
  description: 'What became of a response to a trend.',
  valuesMap: {
    OPEN: { description: 'Announced, and not finished.' },
    DONE: { description: 'Done.' },
    NOT_DONE: { description: 'Not done; `outcome` says why.' },
  },
});

@ObjectType({
  implements: () => [NodeModel],
  description:
    'What is done about a released quarter, by HR_ANALYST or by the head of a group for that group. Visible to everybody who can read the release.',
})
export class TrendResponse extends NodeModel {
  @Field(() => TrendTree, { description: 'The tree of the group.' })
  tree!: TrendTree;

  @Field(() => TrendMetric, {
    nullable: true,
    description: 'The metric that it is about. Null where it is about the quarter as a whole.',
  })
  metric!: TrendMetric | null;

  @Field(() => Markdown, { description: 'What is going to be done.' })
  text!: string;

  @Field(() => CalendarDate, { description: 'By when.' })
  dueOn!: string;

  @Field(() => TrendResponseState, { description: 'What became of it.' })
  state!: TrendResponseState;

  @Field(() => Markdown, {
    nullable: true,
    description: 'What came of it, or why it was not done. Null until somebody says so.',
  })
  outcome!: string | null;

  @Field(() => Int, {
    description:
      'Incremented on every change. Pass the version you last read; an outdated one returns `EditConflict`.',
  })
  version!: number;
}
editable(TrendResponse);

@ObjectType({ description: 'The response to a trend that a mutation created or changed.' })
export class TrendResponsePayload {
  readonly __typename?: 'TrendResponsePayload';

  @Field(() => TrendResponse, { description: 'The response after the mutation.' })
  response!: TrendResponse;
}

export const UpdateTrendResponseResult = createUnionType({
  name: 'UpdateTrendResponseResult',
  description: 'The updated response, or a conflict with a change made since the given version.',
  types: () => [TrendResponsePayload, EditConflict] as const,
  resolveType: (value: { __typename?: string }) => value.__typename,
});
