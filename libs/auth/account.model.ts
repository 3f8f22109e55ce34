import { Field, ObjectType } from '@nestjs/graphql';
import { EmailAddress } from '#graphql';

@ObjectType({
  description:
    'The result of a request for a password reset. It is the same whether or not the address has an account.',
})
export class RequestPasswordResetPayload {
  @Field(() => EmailAddress, {
    description: 'The address that was passed. If it has an account, a link is sent to it.',
  })
  email!: string;
}
