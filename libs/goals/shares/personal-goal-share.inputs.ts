import { Field, ID, InputType, ObjectType } from '@nestjs/graphql';
import { CalendarDate, IsId } from '#graphql';
import { PersonalGoalShare } from './personal-goal-share.model.js';

@InputType({
  description:
    'Share one goal with one person. Where it is shared with them already, that share is changed: what is left out stays.',
})
export class ShareGoalInput {
  @IsId()
  @Field(() => ID, { description: 'The goal, of the viewer.' })
  goalId!: string;

  @IsId()
  @Field(() => ID, { description: 'The person.' })
  personId!: string;

  @Field(() => Boolean, {
    nullable: true,
    description:
      'Whether updates from before the share are included, and milestones written before it and not reached after it. False for a new share unless told.',
  })
  includePast?: boolean | null;

  @Field(() => Boolean, {
    nullable: true,
    description:
      'A share with one’s own manager waits until they have shared a goal first, unless this is true; a share that waits is let through by it. False unless told.',
  })
  withoutWaiting?: boolean | null;

  @Field(() => CalendarDate, {
    nullable: true,
    description: "Its last day, in the owner's time zone; null: until withdrawn.",
  })
  expiresOn?: string | null;
}

@InputType({ description: 'Withdraw a share, at once and for good.' })
export class EndShareInput {
  @IsId()
  @Field(() => ID, { description: 'The share.' })
  id!: string;
}

@ObjectType({ description: 'A share was made, changed or ended.' })
export class PersonalGoalSharePayload {
  @Field(() => PersonalGoalShare, { description: 'The share as it is now.' })
  personalGoalShare!: PersonalGoalShare;
}
