import { Field, ID, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { NodeModel, TimeZone } from '#graphql';

/** Who may read engagement trends once they are published. */
export const TrendsAudience = { EVERYONE: 'EVERYONE', LEADERS_AND_HR: 'LEADERS_AND_HR', HR: 'HR' } as const;
export type TrendsAudience = keyof typeof TrendsAudience;
registerEnumType(TrendsAudience, {
  name: 'TrendsAudience',
  description: 'Who can read published engagement trends.',
  valuesMap: {
    EVERYONE: { description: 'Everybody who is employed.' },
    LEADERS_AND_HR: { description: 'People with an open PRIMARY report, and HR_ANALYST.' },
    HR: { description: 'HR_ANALYST only.' },
  },
});

/** How often a pulse is opened. */
export const PulseRhythm = { MONTHLY: 'MONTHLY', QUARTERLY: 'QUARTERLY', OFF: 'OFF' } as const;
export type PulseRhythm = keyof typeof PulseRhythm;
registerEnumType(PulseRhythm, {
  name: 'PulseRhythm',
  description: 'How often people are asked to answer a pulse.',
  valuesMap: {
    MONTHLY: {
      description: 'Two or three questions each month, so that each driver is asked about once in a quarter.',
    },
    QUARTERLY: { description: 'One question about each driver, once in a quarter.' },
    OFF: { description: 'Never. A pulse that is open stays open until it closes.' },
  },
});

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
      'The fewest people behind any figure that is shown, for example the supporters of a barrier; a smaller number is null. At least 5, and only ever raised. Engagement trends apply it from the next period on.',
  })
  minimumGroupSize!: number;

  @Field(() => TrendsAudience, {
    description:
      'Who can read engagement trends once they are published. EVERYONE by default: HR has no finer view than the people measured.',
  })
  trendsVisibleTo!: TrendsAudience;

  @Field(() => Int, {
    description:
      'The number of days between the release of engagement trends to HR_ANALYST and their publication, 0 to 14.',
  })
  trendsPublishedAfterDays!: number;

  @Field(() => PulseRhythm, {
    description: 'How often people are asked to answer a pulse. A change applies from the next period on.',
  })
  pulseRhythm!: PulseRhythm;

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
