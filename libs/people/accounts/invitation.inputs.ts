import { Field, ID, InputType } from '@nestjs/graphql';
import { ArrayMaxSize, ArrayMinSize, ArrayUnique } from 'class-validator';
import { IsId } from '#graphql';

const MOST_INVITED = 1_000;

@InputType({ description: 'The people to invite.' })
export class InvitePeopleInput {
  @Field(() => [ID], {
    description:
      'The people, 1 to 1,000. Each is sent a link at their e-mail address in the directory; their earlier link stops working.',
  })
  @ArrayMinSize(1, { message: 'must contain at least one person.' })
  @ArrayMaxSize(MOST_INVITED, { message: `must contain at most ${String(MOST_INVITED)} people.` })
  @ArrayUnique({ message: 'must name each person once.' })
  @IsId({ each: true })
  personIds!: string[];
}

@InputType({ description: 'An invitation, and the password to set with it.' })
export class AcceptInvitationInput {
  @Field({
    description: 'The part of the link after #. It works once, within 72 hours of being sent.',
  })
  token!: string;

  @Field({
    description:
      "The new password, 12 to 200 characters of any kind. It must not consist of the person's addresses or name or the organization's name, and must not be a commonly used password.",
  })
  password!: string;
}
