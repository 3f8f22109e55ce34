import { Field, InputType } from '@nestjs/graphql';
import { EmailAddress } from '#graphql';

@InputType({ description: 'Who, and their password.' })
export class SignInInput {
  @Field(() => EmailAddress, { description: 'The address for signing in.' })
  email!: string;

  @Field({ description: 'The password.' })
  password!: string;

  @Field(() => String, {
    nullable: true,
    description:
      'The token of an earlier session of this account on this device, which may be over and opens nothing: the device is then known, and not slowed down by what others try.',
  })
  earlierToken?: string | null;
}

@InputType({ description: 'Whose password is to be set anew.' })
export class RequestPasswordResetInput {
  @Field(() => EmailAddress, { description: 'The address for signing in.' })
  email!: string;
}

@InputType({ description: 'A link for a new password, and the password.' })
export class ResetPasswordInput {
  @Field({ description: 'What stands behind # in the link. It works once, and for 72 hours.' })
  token!: string;

  @Field({
    description:
      '12 to 200 characters of any kind. Must not consist of an address or a name of the person or of their organization, and must not be a commonly used password.',
  })
  password!: string;
}

@InputType({ description: 'The present password and the next.' })
export class ChangePasswordInput {
  @Field({ description: 'The present one.' })
  currentPassword!: string;

  @Field({
    description:
      '12 to 200 characters of any kind. Must not consist of an address or a name of the person or of their organization, and must not be a commonly used password.',
  })
  newPassword!: string;
}
