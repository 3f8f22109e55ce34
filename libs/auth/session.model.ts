import { Field, ID, ObjectType } from '@nestjs/graphql';

@ObjectType({ description: 'A device on which the viewer is signed in.' })
export class Session {
  @Field(() => ID, { description: 'Identifies the session for `revokeSession`. It is not the token.' })
  id!: string;

  @Field({
    description:
      'The browser and operating system, as the device reported them at sign-in, for example Firefox on Windows.',
  })
  label!: string;

  @Field({ description: 'When the session was opened.' })
  createdAt!: Date;

  @Field({ description: 'When the session was last used, accurate to five minutes.' })
  lastSeenAt!: Date;

  @Field({
    description:
      'When the session expires, 90 days after it was opened. It ends earlier after 16 days without use.',
  })
  expiresAt!: Date;

  @Field({ description: 'Whether the session is the one of this request.' })
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
  description: 'A new session. The rest of the operation runs as the person who has signed in.',
})
export class SignInPayload {
  @Field(() => String, {
    nullable: true,
    description:
      'The token to send in the header `Authorization: Bearer …`. It is returned only here; the service stores a hash of it. Null for a request with the header `Mutual-Session: cookie`, whose response sets it as a cookie that scripts cannot read.',
  })
  token!: string | null;

  @Field({
    description: 'When the session expires, 90 days from now. It ends earlier after 16 days without use.',
  })
  expiresAt!: Date;
}
