import { Field, ObjectType } from '@nestjs/graphql';
import { EmailAddress } from '#graphql';

@ObjectType({
  description:
    'A pending change of the sign-in address. It takes effect once the new address has confirmed, and either the old address has confirmed too or seven days have passed. Within a week after a password reset the seven days always apply.',
})
export class EmailChange {
  @Field(() => EmailAddress, { description: 'The requested sign-in address.' })
  newEmail!: string;

  @Field({ description: 'When the change was requested.' })
  requestedAt!: Date;

  @Field({ description: 'When the change takes effect without confirmation from the old address.' })
  effectiveAt!: Date;

  @Field({ description: 'Whether the old address has confirmed.' })
  oldConfirmed!: boolean;

  @Field({
    description: 'Whether the new address has confirmed. If it does not within 72 hours, the request lapses.',
  })
  newConfirmed!: boolean;
}

@ObjectType({ description: 'The state of a change of the sign-in address after a mutation.' })
export class ChangeEmailPayload {
  @Field(() => EmailChange, {
    nullable: true,
    description: 'The pending change. Null once it has taken effect or was cancelled.',
  })
  emailChange!: EmailChange | null;

  @Field({ description: 'Whether the address has changed. If so, every session of the account has ended.' })
  changed!: boolean;
}
