import { Field, InputType } from '@nestjs/graphql';
import { EmailAddress } from '#graphql';

@InputType({ description: 'A new sign-in address.' })
export class ChangeEmailInput {
  @Field(() => EmailAddress, { description: 'The address to sign in with from then on.' })
  email!: string;

  @Field({ description: "The viewer's password." })
  password!: string;
}

@InputType({ description: 'The link that was sent to the old or the new address.' })
export class ConfirmEmailChangeInput {
  @Field({ description: 'The part of the link after #. It works once, within 72 hours of being sent.' })
  token!: string;
}

@InputType({ description: 'The link with which to cancel without being signed in.' })
export class CancelEmailChangeInput {
  @Field({ description: 'The part after # of the cancellation link that was sent to the old address.' })
  token!: string;
}
