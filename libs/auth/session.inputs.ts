import { Field, ID, InputType } from '@nestjs/graphql';
import { IsId } from '#graphql';

@InputType({ description: 'The session to end.' })
export class RevokeSessionInput {
  @Field(() => ID, { description: 'The ID of one of the viewer’s sessions.' })
  @IsId()
  id!: string;
}
