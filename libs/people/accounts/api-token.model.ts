import { Field, ID, ObjectType, registerEnumType } from '@nestjs/graphql';
import { CalendarDate } from '#graphql';
import { TOKEN_SCOPES, type TokenScope } from '#identity';

/** The scopes as GraphQL shows them; the values are those of #db. */
export const TokenScopeEnum = Object.fromEntries(TOKEN_SCOPES.map((scope) => [scope, scope])) as {
  readonly [S in TokenScope]: S;
};

registerEnumType(TokenScopeEnum, {
  name: 'TokenScope',
  description: 'What an API token may do. None of them reaches personal content.',
  valuesMap: {
    TRENDS_READ: { description: 'Read released trends. Made by HR_ANALYST.' },
    DIRECTORY_READ: { description: 'Read the directory and reporting lines. Made by PEOPLE_ADMIN.' },
    DIRECTORY_WRITE: { description: 'Import people and read the reports of imports. Made by PEOPLE_ADMIN.' },
    SCHEMA_READ: { description: 'Ask for the schema (introspection). Made by ORGANIZATION_ADMIN.' },
  },
});

@ObjectType({ description: 'A credential for a program: a session with scopes and no person behind it.' })
export class ApiToken {
  @Field(() => ID, { description: 'For revoking it; it opens nothing.' })
  id!: string;

  @Field({ description: 'What it is for, in the words of who made it.' })
  label!: string;

  @Field(() => [TokenScopeEnum], { description: 'What it may do.' })
  scopes!: TokenScope[];

  @Field({ description: 'When it was made.' })
  createdAt!: Date;

  @Field(() => CalendarDate, { nullable: true, description: 'The day, in UTC, on which it was last used.' })
  lastUsedOn!: string | null;

  @Field({ description: 'When it stops working.' })
  expiresAt!: Date;

  /** Resolved to `createdBy`. */
  createdById!: string;
}

@ObjectType({ description: 'The API token that was made or revoked.' })
export class ApiTokenPayload {
  @Field(() => ApiToken, { description: 'The token, without its secret.' })
  apiToken!: ApiToken;

  @Field(() => String, {
    nullable: true,
    description: 'For the header `Authorization: Bearer …`, when it was just made. It is shown this once.',
  })
  secret!: string | null;
}
