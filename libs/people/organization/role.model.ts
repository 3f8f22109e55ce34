import { Field, ObjectType, registerEnumType } from '@nestjs/graphql';
import { ROLES, type Role } from '#identity';
import { Person } from '../directory/person.model.js';

/** The roles as an enum for GraphQL; the values are those of #identity. */
export const RoleEnum = Object.fromEntries(ROLES.map((role) => [role, role])) as { readonly [R in Role]: R };

registerEnumType(RoleEnum, {
  name: 'Role',
  description:
    'An administrative role that a person can hold. No role can read personal goals or conversations. Being a manager is not a role but follows from a reporting line.',
  valuesMap: {
    PEOPLE_ADMIN: {
      description:
        'Manages the directory and reporting lines, imports and invites people, disables accounts, and creates API tokens for the directory.',
    },
    HR_ANALYST: { description: 'Creates API tokens with the scope TRENDS_READ.' },
    ORGANIZATION_ADMIN: {
      description:
        'Manages the settings, the roles and the cycles, and creates API tokens for reading the schema. There is always at least one.',
    },
    AUDITOR: { description: 'Reads the audit trail.' },
  },
});

@ObjectType({ description: 'A role and a person who holds it.' })
export class RoleHolder {
  @Field(() => RoleEnum, { description: 'The role that the person holds.' })
  role!: Role;

  /** Resolved to `person`. */
  personId!: string;
}

@ObjectType({ description: 'The person whose roles a mutation changed.' })
export class RolePayload {
  @Field(() => Person, { description: 'The person who gained or lost the role.' })
  person!: Person;
}
