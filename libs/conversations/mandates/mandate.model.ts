import { createUnionType, Field, Int, ObjectType } from '@nestjs/graphql';
import { CalendarDate, Connection, editable, EditConflict, Markdown, NodeModel } from '#graphql';

@ObjectType({
  implements: () => [NodeModel],
  description:
    'What a manager lets a person decide for a customer without asking. The two people can see it, and everybody in the organization while it is published. It ends after its last day, with the reporting line under which it was granted, or when either of the two ends it.',
})
export class Mandate extends NodeModel {
  @Field(() => Markdown, { description: 'What may be decided, and up to which limit.' })
  text!: string;

  @Field(() => CalendarDate, {
    nullable: true,
    description:
      'The last day on which it holds, in the time zone that the person who decides had when the day was set. Null without one.',
  })
  lastDay!: string | null;

  @Field(() => Boolean, {
    description:
      'Whether everybody in the organization can see it. Both people have agreed to that. False once it has ended.',
  })
  published!: boolean;

  @Field(() => Date, {
    nullable: true,
    description:
      'When it ended: by hand, after its last day, or with its reporting line. Null while it holds. Only the two people can see a mandate that has ended.',
  })
  endedAt!: Date | null;

  @Field(() => Int, {
    nullable: true,
    description:
      'Incremented on every change of `text` or `lastDay`. Pass the version you last read when updating or publishing; an outdated one returns `EditConflict` or CONFLICT. Null for everybody but the two people.',
  })
  version!: number | null;

  /** Resolved to `grantedBy`, `to` and `publicationAskedBy`. */
  grantedById!: string;
  toId!: string;
  publicationAskedById!: string | null;
}
editable(Mandate);

@ObjectType({ description: 'A page of mandates.' })
export class MandateConnection extends Connection(Mandate) {}

@ObjectType({ description: 'The result of a change to a mandate.' })
export class MandatePayload {
  readonly __typename?: 'MandatePayload';

  @Field(() => Mandate, { description: 'The mandate after the change.' })
  mandate!: Mandate;
}

export const UpdateMandateResult = createUnionType({
  name: 'UpdateMandateResult',
  description: 'The updated mandate, or a conflict with a change made since the given version.',
  types: () => [MandatePayload, EditConflict] as const,
  resolveType: (value: { __typename?: string }) => value.__typename,
});
