import { Field, InputType } from '@nestjs/graphql';
import { EmailAddress } from '#graphql';

@InputType({ description: 'The credentials of an account.' })
export class SignInInput {
  @Field(() => EmailAddress, { description: 'The address that the person signs in with.' })
  email!: string;

  @Field({ description: 'The password of the account.' })
  password!: string;

  @Field(() => String, {
    nullable: true,
    description:
      'The token of an earlier session of this account on this device, even if it has ended. It identifies the device, so that failed attempts from elsewhere do not slow this sign-in down. It grants nothing.',
  })
  earlierToken?: string | null;
}

@InputType({ description: 'The account whose password is forgotten.' })
export class RequestPasswordResetInput {
  @Field(() => EmailAddress, { description: 'The address that the person signs in with.' })
  email!: string;
}

@InputType({ description: 'A password reset link, and the password to set with it.' })
export class ResetPasswordInput {
  @Field({ description: 'The part of the link after #. It works once, within 72 hours of being sent.' })
  token!: string;

  @Field({
    description:
      "The new password, 12 to 200 characters of any kind. It must not consist of the person's addresses or name or the organization's name, and must not be a commonly used password.",
  })
  password!: string;
}

@InputType({ description: 'The current and the new password.' })
export class ChangePasswordInput {
  @Field({ description: "The viewer's current password." })
  currentPassword!: string;

  @Field({
    description:
      "The new password, 12 to 200 characters of any kind. It must not consist of the person's addresses or name or the organization's name, and must not be a commonly used password.",
  })
  newPassword!: string;
}
