import { Field, ObjectType } from '@nestjs/graphql';
import { Connection, NodeModel } from '#graphql';

@ObjectType({
  implements: () => [NodeModel],
  description: 'One batch of figures, of a closed period. Computed once; figures are never changed.',
})
export class TrendRelease extends NodeModel {
  @Field(() => Date, {
    description: 'When it was computed. HR_ANALYST and API tokens with TRENDS_READ read it from then on.',
  })
  releasedAt!: Date;

  @Field(() => Date, {
    description: 'When other people can read it, as far as the setting `trendsVisibleTo` lets them.',
  })
  publishedAt!: Date;

  @Field({
    description:
      'The SHA-256 of its figures, in hexadecimal, by which a file can be compared with what was released. docs/hr.md says how it is computed.',
  })
  rowHash!: string;

  @Field(() => String, {
    nullable: true,
    description: 'A correction, as a note: the figures stay as they were released. Null without one.',
  })
  erratum!: string | null;

  @Field({
    description:
      'Whether nobody has responded to this quarter within 30 days of its release. False for a month.',
  })
  isResponseOverdue!: boolean;
}

@ObjectType({ description: 'A page of releases.' })
export class TrendReleaseConnection extends Connection(TrendRelease) {}
