import { Field, ID, InputType } from '@nestjs/graphql';
import { IsId } from '#graphql';

@InputType({ description: 'Whether a person’s account is disabled.' })
export class SetAccountDisabledInput {
  @Field(() => ID, { description: 'The person whose account is disabled or enabled. Not the viewer.' })
  @IsId()
  id!: string;

  @Field({
    description:
      'True refuses sign-in at once, ends all sessions, password reset links and a pending change of the sign-in address, and revokes the API tokens that the person created. A former employee can still sign in to their own goals within the 90 days.',
  })
  disabled!: boolean;
}
