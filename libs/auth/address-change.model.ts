import { Field, ObjectType } from '@nestjs/graphql';
import { EmailAddress } from '#graphql';

@ObjectType({
  description:
    'An address for signing in that is about to change: once the new one has confirmed, and either the old one has too or seven days have passed. Within a week of a password reset only the seven days count.',
})
export class EmailChange {
  @Field(() => EmailAddress, { description: 'The new address.' })
  newEmail!: string;

  @Field({ description: 'When it was asked for.' })
  requestedAt!: Date;

  @Field({ description: 'When it happens without the old address.' })
  effectiveAt!: Date;

  @Field({ description: 'Whether the link sent to the old address was used.' })
  oldConfirmed!: boolean;

  @Field({
    description:
      'Whether the link sent to the new address was used; if it is not within 72 hours, nothing changes.',
  })
  newConfirmed!: boolean;
}

@ObjectType({ description: 'How a change of the address for signing in stands.' })
export class ChangeEmailPayload {
  @Field(() => EmailChange, {
    nullable: true,
    description: 'What is still to happen; null once the change has happened or was cancelled.',
  })
  emailChange!: EmailChange | null;

  @Field({ description: 'Whether the address has changed by now. That ends every session.' })
  changed!: boolean;
}
