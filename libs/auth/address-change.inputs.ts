import { Field, InputType } from '@nestjs/graphql';
import { EmailAddress } from '#graphql';

@InputType({ description: 'A new sign-in address.' })
export class ChangeEmailInput {
  @Field(() => EmailAddress, { description: 'The new sign-in address.' })
  email!: string;

  @Field({ description: 'The current password.' })
  password!: string;
}

@InputType({ description: 'A confirmation link for a change of the sign-in address.' })
export class ConfirmEmailChangeInput {
  @Field({ description: 'The token from the link: the part after `#`. Valid once, for 72 hours.' })
  token!: string;
}

@InputType({ description: 'The link in the notice, to cancel without being signed in.' })
export class CancelEmailChangeInput {
  @Field({ description: 'The token from the link in the notice to the old address: the part after `#`.' })
  token!: string;
}
