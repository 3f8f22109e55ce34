import { Field, ID, InputType } from '@nestjs/graphql';
import { ArrayMinSize, ArrayUnique } from 'class-validator';
import { IsId, IsTitle } from '#graphql';
import type { TokenScope } from '#identity';
import { TokenScopeEnum } from './api-token.model.js';

@InputType({ description: 'An API token to be made.' })
export class CreateApiTokenInput {
  @Field({ description: 'What it is for; one line, at most 200 characters.' })
  @IsTitle()
  label!: string;

  @Field(() => [TokenScopeEnum], {
    description: 'What it may do: what the viewer’s roles may give, and nothing else.',
  })
  @ArrayMinSize(1, { message: 'must name a scope.' })
  @ArrayUnique({ message: 'names a scope twice.' })
  scopes!: TokenScope[];

  @Field(() => Date, {
    nullable: true,
    description: 'When it stops working, within a year. 90 days from now unless told.',
  })
  expiresAt?: Date | null;
}

@InputType({ description: 'An API token to be ended.' })
export class RevokeApiTokenInput {
  @Field(() => ID, { description: 'One of those in Viewer.apiTokens.' })
  @IsId()
  id!: string;
}
