import { Field, ID, ObjectType, registerEnumType } from '@nestjs/graphql';
import { Connection } from '#graphql';

@ObjectType({
  description: 'An invitation for a person to create an account. Its link is known only to the person.',
})
export class Invitation {
  @Field(() => ID, { description: 'Identifies the invitation. It is not the link.' })
  id!: string;

  @Field({ description: 'When the invitation was sent.' })
  sentAt!: Date;

  @Field(() => Date, {
    nullable: true,
    description: 'When the person created their account with it. Null until then.',
  })
  acceptedAt!: Date | null;

  @Field({ description: 'When the link stops working, 72 hours after it was sent.' })
  expiresAt!: Date;

  /** Resolved to `person`. */
  personId!: string;
}

@ObjectType({ description: 'A page of invitations.' })
export class InvitationConnection extends Connection(Invitation) {}

/** Why a person is not invited, and the sentence that tells an administrator what to do. */
export const INVITATION_REFUSALS = {
  NOT_FOUND: 'No person with this ID exists in your organization.',
  HAS_ACCOUNT: 'The person has an account already. They can reset their own password.',
  HAS_LEFT: 'The person has left the organization.',
  NO_EMAIL: 'The person has no e-mail address in the directory. Add one first.',
  INVITED_TOO_OFTEN: 'You have invited this person five times in a day. Try again tomorrow.',
} as const;
export type InvitationRefusalReason = keyof typeof INVITATION_REFUSALS;

const InvitationRefusalReasonEnum = Object.fromEntries(
  Object.keys(INVITATION_REFUSALS).map((reason) => [reason, reason]),
) as { readonly [Reason in InvitationRefusalReason]: Reason };

registerEnumType(InvitationRefusalReasonEnum, {
  name: 'InvitationRefusalReason',
  description: 'Why a person was not invited.',
  valuesMap: {
    NOT_FOUND: { description: 'No person in the organization has the ID.' },
    HAS_ACCOUNT: { description: 'The person has an account, for which nobody can create a link.' },
    HAS_LEFT: { description: "The person's employment has ended." },
    NO_EMAIL: { description: 'The directory has no e-mail address for the person.' },
    INVITED_TOO_OFTEN: { description: 'The viewer has invited the person five times within a day.' },
  },
});

@ObjectType({ description: 'A person who was not invited, and why.' })
export class InvitationRefusal {
  @Field(() => ID, { description: 'The ID that was passed.' })
  personId!: string;

  @Field(() => InvitationRefusalReasonEnum, { description: 'Why the person was not invited.' })
  reason!: InvitationRefusalReason;

  @Field({ description: 'The reason as a sentence to show to the administrator.' })
  message!: string;
}

@ObjectType({ description: 'The people who were invited, and those who were not.' })
export class InvitePeoplePayload {
  @Field(() => [Invitation], { description: 'The invitations that were sent, in the order of the input.' })
  invitations!: Invitation[];

  @Field(() => [InvitationRefusal], {
    description: 'The people who were not invited, in the order of the input. Empty when everybody was.',
  })
  refusals!: InvitationRefusal[];
}
