import { Column, Entity, PrimaryColumn } from 'typeorm';

/** What an administrator did. Append-only: no serving role may change or remove an entry. */
@Entity('audit_entry')
export class AuditEntryEntity {
  @PrimaryColumn('uuid', { insert: false })
  id!: string;

  @Column({ type: 'timestamptz', insert: false })
  at!: Date;

  /** Null for an API token, an operator's command and the service itself. */
  @Column('uuid', { nullable: true })
  actorId!: string | null;

  @Column('text')
  action!: string;

  @Column('text')
  subject!: string;
}

export type AuditEntryRow = AuditEntryEntity;
