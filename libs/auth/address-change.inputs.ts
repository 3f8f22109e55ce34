import { Field, InputType } from '@nestjs/graphql';
import { EmailAddress } from '#graphql';

@InputType({ description: 'Another address for signing in.' })
export class ChangeEmailInput {
  @Field(() => EmailAddress, { description: 'The new address.' })
  email!: string;

  @Field({ description: 'The present password.' })
  password!: string;
}

@InputType({ description: 'A link sent to the old or to the new address.' })
export class ConfirmEmailChangeInput {
  @Field({ description: 'What stands behind # in the link. It works once, and for 72 hours.' })
  token!: string;
}

@InputType({ description: 'For cancelling without being signed in.' })
export class CancelEmailChangeInput {
  @Field({ description: 'What stands behind # in the link of the notice to the old address.' })
  token!: string;
}
