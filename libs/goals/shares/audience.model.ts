import { Field, ID, ObjectType } from '@nestjs/graphql';
import { CalendarDate, derivedId } from '#graphql';
import { VisibilityBasis } from '../personal-goals/personal-goal.model.js';

@ObjectType({
  description:
    'A person who can read a personal goal, or the whole organization, and the rule that permits it. Visible to the owner of the goal only.',
})
export class AudienceMember {
  @Field(() => ID, { description: 'A globally unique, opaque identifier.' })
  id!: string;

  personId!: string | null;

  @Field(() => VisibilityBasis, { description: 'The rule by which they can read the goal.' })
  basis!: VisibilityBasis;

  @Field(() => Boolean, {
    description:
      'Whether the share would be PENDING, so that they could not read the goal until they share one of theirs. Always false in `audience`.',
  })
  waits!: boolean;

  @Field(() => Date, {
    nullable: true,
    description:
      'When the goal became readable for them: when it was created for its owner. Null for the whole organization and for shares that do not exist yet.',
  })
  since!: Date | null;

  @Field(() => CalendarDate, {
    nullable: true,
    description:
      'The last day on which they can read it, in the owner’s time zone: of the share, of the reporting line that it depends on, or of the owner’s employment, as far as the owner knows of it. Null if no end is known.',
  })
  lastDay!: string | null;
}

export type AudienceMemberRow = Omit<AudienceMember, 'id'>;

/** @param audience identifies the audience: people are members of several */
export function toAudienceMember(member: AudienceMemberRow, audience: string): AudienceMember {
  return {
    ...member,
    get id() {
      return derivedId('AudienceMember', audience, member.personId ?? 'organization');
    },
  };
}
