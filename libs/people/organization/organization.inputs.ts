import { Field, InputType, Int } from '@nestjs/graphql';
import { IsInt, IsOptional, Max, Min } from 'class-validator';
import { TimeZone } from '#graphql';
import { PulseRhythm, TrendsAudience } from './organization.model.js';

@InputType({
  description: "Changes to the organization's settings. Settings that are left out stay the same.",
})
export class UpdateSettingsInput {
  @Field(() => TimeZone, {
    nullable: true,
    description:
      "The organization's time zone. Days of employment and reporting lines that lie in the future move with it; past ones do not.",
  })
  timeZone?: string | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether leaders share first. It applies to new shares only and activates no pending share.',
  })
  leadersShareFirst?: boolean | null;

  @IsOptional()
  @IsInt()
  @Min(5, { message: 'must be at least 5.' })
  @Max(1000, { message: 'must be at most 1000.' })
  @Field(() => Int, {
    nullable: true,
    description:
      'The fewest people behind any figure that is shown, 5 to 1000. It can only be raised: a figure that was withheld is not released later. Engagement trends apply it from the next period on.',
  })
  minimumGroupSize?: number | null;

  @Field(() => TrendsAudience, {
    nullable: true,
    description: 'Who can read engagement trends once they are published.',
  })
  trendsVisibleTo?: TrendsAudience | null;

  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(14)
  @Field(() => Int, {
    nullable: true,
    description:
      'The number of days between the release of engagement trends to HR_ANALYST and their publication, 0 to 14.',
  })
  trendsPublishedAfterDays?: number | null;

  @Field(() => PulseRhythm, {
    nullable: true,
    description: 'How often people are asked to answer a pulse. It applies from the next period on.',
  })
  pulseRhythm?: PulseRhythm | null;

  @Field(() => Int, {
    nullable: true,
    description:
      'For how many months conversations are kept, 1 to 120. A shorter term applies to all conversations, a longer one only to those after the change.',
  })
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(120)
  conversationRetentionMonths?: number | null;

  @Field(() => Int, {
    nullable: true,
    description:
      'For how many months entries of the access log are kept, 1 to 12. It cannot be longer than the present term.',
  })
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(12)
  accessLogRetentionMonths?: number | null;
}
