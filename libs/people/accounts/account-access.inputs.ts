import { Field, ID, InputType } from '@nestjs/graphql';
import { IsId } from '#graphql';

@InputType({ description: 'Whether somebody may sign in.' })
export class SetAccountDisabledInput {
  @Field(() => ID, { description: 'Whose account.' })
  @IsId()
  personId!: string;

  @Field({
    description:
      'True refuses sign-in at once and ends all sessions, links for a new password, a pending change of the address, and the API tokens that the person made. Somebody who has left can still sign in to their own goals for 90 days.',
  })
  disabled!: boolean;
}
