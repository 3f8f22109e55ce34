import { Field, ObjectType } from '@nestjs/graphql';
import { EmailAddress } from '#graphql';

@ObjectType({ description: 'The same whether somebody signs in with this address or not.' })
export class RequestPasswordResetPayload {
  @Field(() => EmailAddress, {
    description: 'The address as it was given: if it opens an account, a link is on its way there.',
  })
  email!: string;
}
