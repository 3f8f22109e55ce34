import { Field, InputType } from '@nestjs/graphql';
import { EmailAddress } from '#graphql';

@InputType({ description: 'The credentials of an account.' })
export class SignInInput {
  @Field(() => EmailAddress, { description: 'The sign-in address of the account.' })
  email!: string;

  @Field({ description: 'The password of the account.' })
  password!: string;

  @Field(() => String, {
    nullable: true,
    description:
      'The token of an earlier session of this account on this device, valid or ended. It identifies a known device, which failed attempts by others in the same network do not slow down. It grants no access.',
  })
  earlierToken?: string | null;
}

@InputType({ description: 'The account whose password to reset.' })
export class RequestPasswordResetInput {
  @Field(() => EmailAddress, { description: 'The sign-in address of the account.' })
  email!: string;
}

@InputType({ description: 'A password reset link, and the new password.' })
export class ResetPasswordInput {
  @Field({ description: 'The token from the link: the part after `#`. Valid once, for 72 hours.' })
  token!: string;

  @Field({
    description:
      'The new password: 12 to 200 characters of any kind. Must not be made of an address or name of the person or organization, and must not be a common password.',
  })
  password!: string;
}

@InputType({ description: 'The current and the new password.' })
export class ChangePasswordInput {
  @Field({ description: 'The current password.' })
  currentPassword!: string;

  @Field({
    description:
      'The new password: 12 to 200 characters of any kind. Must not be made of an address or name of the person or organization, and must not be a common password.',
  })
  newPassword!: string;
}
