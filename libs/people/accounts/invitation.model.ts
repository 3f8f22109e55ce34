import { Field, ID, ObjectType } from '@nestjs/graphql';
import { Connection } from '#graphql';

@ObjectType({ description: 'That somebody was invited. The link itself is known to them alone.' })
export class Invitation {
  @Field(() => ID, { description: 'Its id; it opens nothing.' })
  id!: string;

  @Field({ description: 'When it was sent.' })
  sentAt!: Date;

  @Field(() => Date, { nullable: true, description: 'When the person set their password with it.' })
  acceptedAt!: Date | null;

  @Field({ description: 'When the link stops working, 72 hours after it was sent.' })
  expiresAt!: Date;

  /** Resolved to `person`. */
  personId!: string;
}

@ObjectType({ description: 'A page of invitations.' })
export class InvitationConnection extends Connection(Invitation) {}

@ObjectType({ description: 'Who was invited.' })
export class InvitePeoplePayload {
  @Field(() => [Invitation], { description: 'One for each, in the order of the input.' })
  invitations!: Invitation[];
}
