import { Field, ID, InputType } from '@nestjs/graphql';
import { IsId } from '#graphql';

@InputType({ description: 'Which session to end.' })
export class RevokeSessionInput {
  @Field(() => ID, { description: 'One of the viewer’s own.' })
  @IsId()
  id!: string;
}
