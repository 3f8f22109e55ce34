import { Field, ObjectType } from '@nestjs/graphql';
import { VisibilityBasis } from '../personal-goals/personal-goal.model.js';
import { ShareState } from './personal-goal-share.model.js';

@ObjectType({ description: 'Somebody who can read a goal, or could, and the rule that lets them in.' })
export class AudienceMember {
  /** Null for everybody in the organization. */
  personId!: string | null;

  @Field(() => VisibilityBasis, { description: 'The rule that lets them in.' })
  basis!: VisibilityBasis;

  @Field(() => ShareState, { description: 'ACTIVE; PENDING for one who would wait.' })
  state!: ShareState;

  @Field(() => Date, {
    nullable: true,
    description: 'When it became readable; null where that is not known or not yet so.',
  })
  since!: Date | null;

  @Field(() => Date, {
    nullable: true,
    description:
      'Until when: the end of the share, or of the reporting line or employment that it rests on, as far as it is announced to the owner.',
  })
  until!: Date | null;
}
