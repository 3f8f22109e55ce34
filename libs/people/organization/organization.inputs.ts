import { Field, InputType } from '@nestjs/graphql';
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
}
