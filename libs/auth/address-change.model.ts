import { Field, ObjectType } from '@nestjs/graphql';
import { EmailAddress } from '#graphql';

@ObjectType({
  description:
    'A pending change of a sign-in address. It takes effect when the new address has confirmed it, and the old address has confirmed it or seven days have passed. Within a week of a password reset, the seven days always apply.',
})
export class EmailChange {
  @Field(() => EmailAddress, { description: 'The new sign-in address.' })
  newEmail!: string;

  @Field({ description: 'When the change was requested.' })
  requestedAt!: Date;

  @Field({ description: 'When the change takes effect without confirmation by the old address.' })
  effectiveAt!: Date;

  @Field({ description: 'Whether the link sent to the old address was used.' })
  oldConfirmed!: boolean;

  @Field({
    description:
      'Whether the link sent to the new address was used. Without this within 72 hours, the change expires.',
  })
  newConfirmed!: boolean;
}

@ObjectType({ description: 'The state of a change of the sign-in address.' })
export class ChangeEmailPayload {
  @Field(() => EmailChange, {
    nullable: true,
    description: 'The pending change. Null once it has taken effect or was cancelled.',
  })
  emailChange!: EmailChange | null;

  @Field({ description: 'Whether the address has changed. The change ends all sessions of the account.' })
  changed!: boolean;
}
