import { Field, ID, InputType } from '@nestjs/graphql';
import { IsId } from '#graphql';

@InputType({ description: 'Whether somebody may sign in.' })
export class SetAccountDisabledInput {
  @Field(() => ID, { description: 'Whose account.' })
  @IsId()
  personId!: string;

  @Field({ description: 'True ends all sessions and refuses signing in at once; nothing else changes.' })
  disabled!: boolean;
}
