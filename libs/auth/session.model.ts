import { Field, ID, ObjectType } from '@nestjs/graphql';

@ObjectType({ description: 'A signed-in device of the viewer’s.' })
export class Session {
  @Field(() => ID, { description: 'For revoking it; it opens nothing.' })
  id!: string;

  @Field({ description: 'What it can be recognized by, as the device said when it signed in.' })
  label!: string;

  @Field({ description: 'When it signed in.' })
  createdAt!: Date;

  @Field({ description: 'When it was last used, to five minutes.' })
  lastSeenAt!: Date;

  @Field({ description: 'When it ends at the latest; sixteen days without use end it sooner.' })
  expiresAt!: Date;

  @Field({ description: 'Whether this very request came with it.' })
  current!: boolean;
}

@ObjectType({ description: 'The session that has ended.' })
export class RevokeSessionPayload {
  @Field(() => ID, { description: 'Its id.' })
  revokedId!: string;
}

@ObjectType({ description: 'The session that has ended.' })
export class SignOutPayload {
  @Field(() => ID, { description: 'Its id.' })
  revokedId!: string;
}

@ObjectType({
  description: 'A new session. What else it tells is read as the person who has just signed in.',
})
export class SignInPayload {
  @Field({
    description:
      'For the header `Authorization: Bearer …`. Shown here only, and kept by the service as a hash.',
  })
  token!: string;

  @Field({ description: 'When the session ends at the latest; sixteen days without use end it sooner.' })
  expiresAt!: Date;
}
