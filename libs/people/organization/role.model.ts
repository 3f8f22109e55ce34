import { Field, ObjectType, registerEnumType } from '@nestjs/graphql';
import { ROLES, type Role } from '#identity';
import { Person } from '../directory/person.model.js';

/** The roles as GraphQL shows them; the values are those of #db. */
export const RoleEnum = Object.fromEntries(ROLES.map((role) => [role, role])) as { readonly [R in Role]: R };

registerEnumType(RoleEnum, {
  name: 'Role',
  description:
    'What somebody does for the organization beside their own work. No role reads personal goals or conversations.',
  valuesMap: {
    PEOPLE_ADMIN: {
      description: 'Keeps the directory and reporting lines, imports and invites people, disables accounts.',
    },
    HR_ANALYST: { description: 'Reads trends before they are published, and makes tokens for them.' },
    ORGANIZATION_ADMIN: { description: 'Keeps the settings, the roles and the cycles.' },
    AUDITOR: { description: 'Reads the audit trail, and nothing else.' },
  },
});

@ObjectType({ description: 'Somebody who holds a role.' })
export class RoleHolder {
  @Field(() => RoleEnum, { description: 'The role.' })
  role!: Role;

  /** Resolved to `person`. */
  personId!: string;
}

@ObjectType({ description: 'Whose roles were changed.' })
export class RolePayload {
  @Field(() => Person, { description: 'Whose.' })
  person!: Person;
}
