import { Field, Int, ObjectType } from '@nestjs/graphql';
import { Connection, Markdown, NodeModel } from '#graphql';
import { BusinessGoalStatus } from '../goals/business-goal.model.js';

/** What a check-in may say: publishing and cancelling a goal are its owner's. */
export const CHECK_IN_STATUSES = ['ON_TRACK', 'AT_RISK', 'OFF_TRACK', 'ACHIEVED', 'MISSED'] as const;
export type CheckInStatus = (typeof CHECK_IN_STATUSES)[number];

@ObjectType({
  implements: () => [NodeModel],
  description: 'What an owner or assignee said of how a business goal stands.',
})
export class CheckIn implements NodeModel {
  id!: string;

  @Field(() => Markdown, { nullable: true, description: 'In words.' })
  text!: string | null;

  @Field(() => Int, { description: 'How sure they were that it will be reached: 1, hardly, to 5, surely.' })
  confidence!: number;

  @Field(() => BusinessGoalStatus, { description: 'How the goal stood; never DRAFT or CANCELLED.' })
  status!: CheckInStatus;

  @Field(() => Date, { description: 'When they said so.' })
  at!: Date;
}

@ObjectType({ description: 'A page of CheckIn.' })
export class CheckInConnection extends Connection(CheckIn) {}

@ObjectType({ description: 'The check-in that was made.' })
export class CheckInPayload {
  @Field(() => CheckIn, { description: 'The check-in.' })
  checkIn!: CheckIn;

  businessGoalId!: string;
}
