import { Field, ID, InputType, ObjectType } from '@nestjs/graphql';
import { CalendarDate, CanBeOmitted, IsId } from '#graphql';
import { PersonalGoalShare } from './personal-goal-share.model.js';

@InputType({
  description:
    'A personal goal, the person to share it with, and the terms. If the goal is shared with the person already, the fields that are left out stay as they are.',
})
export class ShareGoalInput {
  @IsId()
  @Field(() => ID, { description: 'The ID of one of the viewer’s personal goals.' })
  goalId!: string;

  @IsId()
  @Field(() => ID, { description: 'The ID of the person with whom to share it.' })
  personId!: string;

  @CanBeOmitted()
  @Field(() => Boolean, {
    nullable: true,
    description:
      'Whether the person also sees updates that were written before the share becomes active, and milestones that were added and reached before. False for a new share if left out. Cannot be null.',
  })
  includePast?: boolean;

  @CanBeOmitted()
  @Field(() => Boolean, {
    nullable: true,
    description:
      'Whether a share with the viewer’s own manager becomes ACTIVE at once, instead of waiting until the manager has shared a goal. True also activates a share that is PENDING. False if left out. Cannot be null.',
  })
  withoutWaiting?: boolean;

  @Field(() => CalendarDate, {
    nullable: true,
    description:
      'The last day of the share, in the owner’s time zone, today at the earliest. Null for a share without an end.',
  })
  expiresOn?: string | null;
}

@InputType({ description: 'The share to end.' })
export class EndShareInput {
  @IsId()
  @Field(() => ID, { description: 'The ID of the share.' })
  id!: string;
}

@ObjectType({ description: 'The share that was created, changed or ended.' })
export class PersonalGoalSharePayload {
  @Field(() => PersonalGoalShare, { description: 'The share after the change.' })
  personalGoalShare!: PersonalGoalShare;
}
