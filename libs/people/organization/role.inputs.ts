import { Field, ID, InputType } from '@nestjs/graphql';
import { IsId } from '#graphql';
import type { Role } from '#identity';
import { RoleEnum } from './role.model.js';

@InputType({ isAbstract: true })
abstract class PersonAndRole {
  @Field(() => ID, { description: 'The person whose role changes.' })
  @IsId()
  personId!: string;

  @Field(() => RoleEnum, { description: 'The role.' })
  role!: Role;
}

@InputType({ description: 'A role to grant to a person.' })
export class GrantRoleInput extends PersonAndRole {}

@InputType({ description: 'A role to revoke from a person.' })
export class RevokeRoleInput extends PersonAndRole {}
