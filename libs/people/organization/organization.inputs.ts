import { Field, InputType, Int } from '@nestjs/graphql';
import { IsInt, IsOptional, Max, Min } from 'class-validator';
import { TimeZone } from '#graphql';

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
      'The fewest people behind any figure that is shown, 5 to 1000. It can only be raised: a figure that was withheld is not released later.',
  })
  minimumGroupSize?: number | null;

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
