import { Field, ID, InputType } from '@nestjs/graphql';
import { ArrayMinSize, ArrayUnique } from 'class-validator';
import { IsId, IsTitle } from '#graphql';
import type { TokenScope } from '#identity';
import { TokenScopeEnum } from './api-token.model.js';

@InputType({ description: 'An API token to create.' })
export class CreateApiTokenInput {
  @Field({
    description: 'What the token is used for, so that others recognize it. One line, 1 to 200 characters.',
  })
  @IsTitle()
  label!: string;

  @Field(() => [TokenScopeEnum], {
    description:
      'What the token may do. DIRECTORY_READ and DIRECTORY_WRITE can be granted by PEOPLE_ADMIN, TRENDS_READ by HR_ANALYST, SCHEMA_READ by ORGANIZATION_ADMIN.',
  })
  @ArrayMinSize(1, { message: 'must contain at least one scope.' })
  @ArrayUnique({ message: 'must name each scope once.' })
  scopes!: TokenScope[];

  @Field(() => Date, {
    nullable: true,
    description: 'When the token expires, at most 366 days from now. 90 days from now by default.',
  })
  expiresAt?: Date | null;
}

@InputType({ description: 'An API token to revoke.' })
export class RevokeApiTokenInput {
  @Field(() => ID, { description: 'The API token, one of those in `Viewer.apiTokens`.' })
  @IsId()
  id!: string;
}
