import { Field, ID, InputType } from '@nestjs/graphql';
import { ArrayMaxSize, ArrayMinSize, ArrayUnique } from 'class-validator';
import { IsId } from '#graphql';

/** The most people invited at once. */
const MOST_INVITED = 1_000;

@InputType({ description: 'Whom to invite.' })
export class InvitePeopleInput {
  @Field(() => [ID], {
    description:
      'People without an account, 1 to 1,000. Each is sent a link at the directory’s address; an earlier link stops working.',
  })
  @ArrayMinSize(1, { message: 'must name somebody.' })
  @ArrayMaxSize(MOST_INVITED, { message: `must name at most ${String(MOST_INVITED)} people.` })
  @ArrayUnique({ message: 'names somebody twice.' })
  @IsId({ each: true })
  personIds!: string[];
}

@InputType({ description: 'A link of an invitation, and a password.' })
export class AcceptInvitationInput {
  @Field({ description: 'What stands behind # in the link. It works once, and for 72 hours.' })
  token!: string;

  @Field({
    description:
      '12 to 200 characters of any kind. Must not consist of an address or a name of the person or of their organization, and must not be a commonly used password.',
  })
  password!: string;
}
