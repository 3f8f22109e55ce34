import { Field, ObjectType } from '@nestjs/graphql';
import { Connection } from '#graphql';

@ObjectType({ description: 'What an administrator did: who, when, what kind. Never content.' })
export class AuditEntry {
  @Field({ description: 'When.' })
  at!: Date;

  @Field({ description: 'What kind of thing was done, as PERSON_INVITED.' })
  action!: string;

  @Field({ description: 'What it was done to, as the id of a person; never anybody’s words.' })
  subject!: string;

  /** Resolved to `actor`. */
  actorId!: string | null;
}

@ObjectType({ description: 'A page of the audit trail.' })
export class AuditEntryConnection extends Connection(AuditEntry) {}
