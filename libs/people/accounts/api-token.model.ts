import { Field, ID, ObjectType, registerEnumType } from '@nestjs/graphql';
import { CalendarDate } from '#graphql';
import { TOKEN_SCOPES, type TokenScope } from '#identity';

/** The scopes as an enum for GraphQL; the values are those of #identity. */
export const TokenScopeEnum = Object.fromEntries(TOKEN_SCOPES.map((scope) => [scope, scope])) as {
  readonly [S in TokenScope]: S;
};

registerEnumType(TokenScopeEnum, {
  name: 'TokenScope',
  description: 'What an API token may do. No scope reaches personal goals or conversations.',
  valuesMap: {
    TRENDS_READ: { description: 'Reserved for reading released trends. Granted by HR_ANALYST.' },
    DIRECTORY_READ: {
      description: 'Read the directory, reporting lines and external IDs. Granted by PEOPLE_ADMIN.',
    },
    DIRECTORY_WRITE: {
      description:
        'Import people and read the reports of those imports. It learns nothing from the directory: its reports describe only the imported file. Granted by PEOPLE_ADMIN.',
    },
    SCHEMA_READ: { description: 'Read the schema by introspection. Granted by ORGANIZATION_ADMIN.' },
  },
});

@ObjectType({
  description:
    'A credential with which a program calls the API. It has scopes and represents no person. It ends when its creator leaves, loses the role behind a scope, changes their password or has their account disabled.',
})
export class ApiToken {
  @Field(() => ID, { description: 'Identifies the token for `revokeApiToken`. It is not the secret.' })
  id!: string;

  @Field({ description: 'What the token is used for, as written by its creator.' })
  label!: string;

  @Field(() => [TokenScopeEnum], { description: 'What the token may do.' })
  scopes!: TokenScope[];

  @Field({ description: 'When the token was created.' })
  createdAt!: Date;

  @Field(() => CalendarDate, {
    nullable: true,
    description: 'The day, in UTC, on which the token was last used. Null before the first use.',
  })
  lastUsedOn!: string | null;

  @Field({ description: 'When the token expires.' })
  expiresAt!: Date;

  /** Resolved to `createdBy`. */
  createdById!: string;
}

@ObjectType({ description: 'The API token that a mutation created or revoked.' })
export class ApiTokenPayload {
  @Field(() => ApiToken, { description: 'The API token, without its secret.' })
  apiToken!: ApiToken;

  @Field(() => String, {
    nullable: true,
    description:
      'The secret to send in the header `Authorization: Bearer …`. Returned only when the token is created; it cannot be read again. Null after revoking.',
  })
  secret!: string | null;
}
