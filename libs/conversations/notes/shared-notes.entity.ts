import { Column, Entity, PrimaryColumn } from 'typeorm';

/** The shared document of a conversation. It exists, empty, from the start of the conversation. */
@Entity('shared_notes')
export class SharedNotesEntity {
  @PrimaryColumn('uuid', { insert: false })
  id!: string;

  @Column('uuid')
  organizationId!: string;

  @Column('uuid')
  conversationId!: string;

  @Column('text')
  text!: string;

  /** 0 until somebody writes. */
  @Column('integer')
  version!: number;

  @Column('timestamptz', { nullable: true })
  updatedAt!: Date | null;

  @Column('uuid', { nullable: true })
  updatedById!: string | null;
}

export interface SharedNotesRow extends SharedNotesEntity {
  readonly __typename: 'SharedNotes';
}
