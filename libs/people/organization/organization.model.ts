import { Field, ID, Int, ObjectType } from '@nestjs/graphql';
import { NodeModel, TimeZone } from '#graphql';

@ObjectType({ description: 'Settings that apply to everybody in an organization.' })
export class OrganizationSettings {
  @Field(() => ID, { description: 'A globally unique, opaque identifier.' })
  id!: string;

  @Field(() => TimeZone, {
    description:
      'The time zone in which days of employment and reporting lines are counted. Also the time zone of each person who has not set their own.',
  })
  timeZone!: string;

  @Field({
    description:
      "Whether a share with one's own manager waits until the manager has shared a goal with this person. Changing it never activates a pending share.",
  })
  leadersShareFirst!: boolean;

  @Field(() => Int, {
    description:
      'The fewest people behind any figure that is shown, for example the supporters of a barrier; a smaller number is null. At least 5, and only ever raised.',
  })
  minimumGroupSize!: number;

  @Field(() => Int, {
    description:
      'For how many months conversations are kept, with their notes and discussed talking points, counted from the day on which they took place or were planned. A longer term applies only to conversations after the change. Open action items and undiscussed talking points are kept.',
  })
  conversationRetentionMonths!: number;

  @Field(() => Int, {
    description: 'For how many months entries of the access log are kept. It can only be shortened.',
  })
  accessLogRetentionMonths!: number;

  @Field({
    description:
      'What the records in Mutual are for, and what they are never used for. Clients show it wherever records are shown or exported. It cannot be changed.',
  })
  purpose!: string;
}

@ObjectType({
  implements: () => [NodeModel],
  description:
    'A company or institution. Its people and records are separate from those of any other organization.',
})
export class Organization extends NodeModel {
  @Field({ description: 'The name of the organization, 1 to 200 characters.' })
  name!: string;
}

@ObjectType({ description: 'The organization that a mutation changed.' })
export class OrganizationPayload {
  @Field(() => Organization, { description: 'The organization after the change.' })
  organization!: Organization;
}
