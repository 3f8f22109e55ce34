import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A document from before that one participant proposed to take over as notes of past conversations. */
@Entity('notes_import')
export class NotesImportEntity {
  @PrimaryColumn('uuid', { insert: false })
  id!: string;

  @Column('uuid')
  organizationId!: string;

  @Column('uuid')
  oneToOneId!: string;

  @Column('uuid')
  proposedById!: string;

  @Column({ type: 'timestamptz', insert: false })
  proposedAt!: Date;

  @Column({ type: 'timestamptz', nullable: true, insert: false })
  acceptedAt!: Date | null;
}

export interface NotesImportRow extends NotesImportEntity {
  readonly __typename: 'NotesImport';
  /** Null until it is accepted, and once it can no longer be undone. */
  readonly undoableUntil: Date | null;
}

/** The notes of one day of a proposed import. */
export interface NotesImportSectionRow {
  readonly importId: string;
  readonly heldOn: string;
  readonly text: string;
}
