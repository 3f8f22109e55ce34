import { Field, ID, InputType } from '@nestjs/graphql';
import { IsId } from '#graphql';
import type { Role } from '#identity';
import { RoleEnum } from './role.model.js';

@InputType({ isAbstract: true })
abstract class PersonAndRole {
  @Field(() => ID, { description: 'Who.' })
  @IsId()
  personId!: string;

  @Field(() => RoleEnum, { description: 'Which role.' })
  role!: Role;
}

@InputType({ description: 'A role for somebody.' })
export class GrantRoleInput extends PersonAndRole {}

@InputType({ description: 'A role that somebody no longer holds.' })
export class RevokeRoleInput extends PersonAndRole {}
