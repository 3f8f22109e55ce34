import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { ConversationStatus } from './conversation.model.js';

/** A conversation of a one-to-one, planned or past. */
@Entity('conversation')
export class ConversationEntity {
  @PrimaryColumn('uuid', { insert: false })
  id!: string;

  @Column('uuid')
  organizationId!: string;

  @Column('uuid')
  oneToOneId!: string;

  @Column('text')
  status!: ConversationStatus;

  @Column('timestamptz')
  scheduledAt!: Date;

  @Column('timestamptz', { nullable: true })
  heldAt!: Date | null;

  /** When it stopped being PLANNED. Set by a trigger. */
  @Column('timestamptz', { nullable: true })
  closedAt!: Date | null;

  /** The conversation after whose closing the recurrence planned this one. */
  @Column('uuid', { nullable: true })
  plannedAfterId!: string | null;

  /** The date of the recurrence that it was planned for, kept when it is moved. Null when scheduled by hand. */
  @Column('timestamptz', { nullable: true })
  seriesAt!: Date | null;

  /** Who marked it as off the record. */
  @Column('uuid', { nullable: true })
  offTheRecordById!: string | null;

  /** The import of a document that it comes from. */
  @Column('uuid', { nullable: true })
  notesImportId!: string | null;

  @Column('integer')
  version!: number;
}

export interface ConversationRow extends ConversationEntity {
  readonly __typename: 'Conversation';
  readonly offTheRecord: boolean;
}
