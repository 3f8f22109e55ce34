import { Field, ID, ObjectType, registerEnumType } from '@nestjs/graphql';
import { Connection } from '#graphql';

/** Which actions there are, and when each is recorded. app.recorded_actions says which role may record which. */
const ACTIONS = {
  ACCOUNT_DISABLED: 'An account was disabled.',
  ACCOUNT_ENABLED: 'A disabled account was enabled again.',
  API_TOKEN_CREATED: 'An API token was created.',
  API_TOKEN_REVOKED:
    'An API token was revoked, by a person or because its creator left, lost the role or changed their password.',
  API_TOKEN_USED: 'An API token was used. Recorded once a day for each token.',
  DATA_ERASED: 'What a person wrote was erased, on their request or 90 days after they left.',
  DEPARTMENT_RENAMED: 'A department was renamed.',
  DEPARTMENTS_MERGED: 'A department was merged into another one, which is the subject.',
  DATABASE_RESTORED: 'The operator restored the database from a backup.',
  LOCATION_RENAMED: 'A location was renamed.',
  LOCATIONS_MERGED: 'A location was merged into another one, which is the subject.',
  ORGANIZATION_CREATED: "The organization was created with the operator's command.",
  ORGANIZATION_RENAMED: 'The organization was renamed.',
  PEOPLE_IMPORTED: 'An import changed the directory. Dry runs are not recorded.',
  PERSON_CHANGED: 'A person’s directory entry, reporting lines or last day of employment changed.',
  PERSON_CREATED: 'A person was added to the directory.',
  PERSON_INVITED: 'A person was invited to create an account.',
  PROCEDURE_AREA_CHANGED: 'A procedure area was created, changed or deleted.',
  ROLE_GRANTED: 'A role was granted to a person.',
  ROLE_REVOKED: 'A role was revoked from a person.',
  SETTINGS_CHANGED: 'A setting of the organization changed.',
  TREND_ERRATUM_ADDED: 'The operator added a correction to a release of engagement trends.',
} as const;
export type AuditAction = keyof typeof ACTIONS;

export const AuditActionEnum = Object.fromEntries(Object.keys(ACTIONS).map((action) => [action, action])) as {
  readonly [A in AuditAction]: A;
};

registerEnumType(AuditActionEnum, {
  name: 'AuditAction',
  description: 'What an entry of the audit trail records.',
  valuesMap: Object.fromEntries(
    Object.entries(ACTIONS).map(([action, description]) => [action, { description }]),
  ),
});

@ObjectType({
  description:
    'An administrative action: who did what kind of thing to which object, and when. It holds no content.',
})
export class AuditEntry {
  @Field(() => ID, { description: 'A globally unique, opaque identifier.' })
  id!: string;

  @Field({ description: 'When the action happened.' })
  at!: Date;

  @Field(() => AuditActionEnum, { description: 'The kind of action.' })
  action!: AuditAction;

  @Field({
    description:
      'The kind and ID of the object and, where they apply, the role, the scopes or the name of the setting. It stays the same after the object is deleted, and holds no names or texts that people wrote.',
  })
  subjectLabel!: string;

  /** Resolved to `subject`. */
  subjectId!: string | null;

  /** Resolved to `actor`. */
  actorId!: string | null;
}

@ObjectType({ description: 'A page of the audit trail.' })
export class AuditEntryConnection extends Connection(AuditEntry) {}
