import { createUnionType, Field, ObjectType } from '@nestjs/graphql';
import { OneToOne } from './one-to-one.model.js';

@ObjectType({ description: 'The one-to-one that was changed.' })
export class OneToOnePayload {
  readonly __typename?: 'OneToOnePayload';

  @Field(() => OneToOne, { description: 'It, as it is now.' })
  oneToOne!: OneToOne;
}

@ObjectType({ description: 'These two have a one-to-one already, or the viewer has asked for one already.' })
export class OneToOneExists {
  readonly __typename?: 'OneToOneExists';

  @Field(() => OneToOne, { description: 'The one that there is.' })
  oneToOne!: OneToOne;
}

export const StartOneToOneResult = createUnionType({
  name: 'StartOneToOneResult',
  description: 'What became of starting a one-to-one.',
  types: () => [OneToOnePayload, OneToOneExists] as const,
  resolveType: (value: { __typename?: string }) => value.__typename,
});
