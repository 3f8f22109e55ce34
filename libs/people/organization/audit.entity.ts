import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { AuditAction } from './audit.model.js';

/** An administrative action. Append-only: no serving role may change or delete an entry. */
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
  action!: AuditAction;

  @Column('text', { name: 'subject' })
  subjectLabel!: string;
}

export type AuditEntryRow = AuditEntryEntity & {
  /** The first ID in the label. */
  readonly subjectId: string | null;
};
