import { Field, ID, ObjectType } from '@nestjs/graphql';

@ObjectType({ description: 'A device on which the viewer is signed in.' })
export class Session {
  @Field(() => ID, { description: 'The ID for `revokeSession`. It grants no access.' })
  id!: string;

  @Field({ description: 'A description of the device, from its User-Agent at sign-in.' })
  label!: string;

  @Field({ description: 'When the session began.' })
  createdAt!: Date;

  @Field({ description: 'When the session was last used, accurate to five minutes.' })
  lastSeenAt!: Date;

  @Field({ description: 'When the session ends at the latest. It ends earlier after 16 days without use.' })
  expiresAt!: Date;

  @Field({ description: 'Whether this request was made with this session.' })
  current!: boolean;
}

@ObjectType({ description: 'The session that was ended.' })
export class RevokeSessionPayload {
  @Field(() => ID, { description: 'The ID of the session.' })
  revokedId!: string;
}

@ObjectType({ description: 'The session that was ended.' })
export class SignOutPayload {
  @Field(() => ID, { description: 'The ID of the session.' })
  revokedId!: string;
}

@ObjectType({
  description: 'A new session. Its other fields are read as the person who signed in.',
})
export class SignInPayload {
  @Field({
    description:
      'The token for the header `Authorization: Bearer …`. It is returned only once; the service stores its hash.',
  })
  token!: string;

  @Field({ description: 'When the session ends at the latest. It ends earlier after 16 days without use.' })
  expiresAt!: Date;
}
