import { Column, Entity, PrimaryColumn } from 'typeorm';

/** What one participant noted about a conversation. Only they can see it. */
@Entity('private_notes')
export class PrivateNotesEntity {
  @PrimaryColumn('uuid')
  conversationId!: string;

  @PrimaryColumn('uuid')
  authorId!: string;

  @Column('uuid')
  organizationId!: string;

  @Column('text')
  text!: string;

  @Column('integer')
  version!: number;

  @Column('timestamptz')
  updatedAt!: Date;
}

export interface PrivateNotesRow extends PrivateNotesEntity {
  readonly __typename: 'PrivateNotes';
  /** The ID of the conversation, under which a repeated mutation finds the viewer's notes again. */
  readonly id: string;
}
