import { createUnionType, Field, ObjectType } from '@nestjs/graphql';
import { EditConflict } from '#graphql';
import { OneToOne } from './one-to-one.model.js';

@ObjectType({ description: 'The result of a change to a one-to-one.' })
export class OneToOnePayload {
  readonly __typename?: 'OneToOnePayload';

  @Field(() => OneToOne, { description: 'The one-to-one after the change.' })
  oneToOne!: OneToOne;
}

@ObjectType({
  description:
    'The two people already have an open one-to-one, or the viewer has already invited the other person. Nothing was changed.',
})
export class OneToOneExists {
  readonly __typename?: 'OneToOneExists';

  @Field(() => OneToOne, { description: 'The existing one-to-one.' })
  oneToOne!: OneToOne;
}

export const StartOneToOneResult = createUnionType({
  name: 'StartOneToOneResult',
  description: 'The started one-to-one, or the existing one.',
  types: () => [OneToOnePayload, OneToOneExists] as const,
  resolveType: (value: { __typename?: string }) => value.__typename,
});

export const RescheduleOneToOneResult = createUnionType({
  name: 'RescheduleOneToOneResult',
  description: 'The rescheduled one-to-one, or a conflict with a change made since the given version.',
  types: () => [OneToOnePayload, EditConflict] as const,
  resolveType: (value: { __typename?: string }) => value.__typename,
});
