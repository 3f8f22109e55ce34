import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { ConversationStatus } from './conversation.model.js';

/** One conversation of a pair, planned or past. */
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

  /** When it stopped being PLANNED. */
  @Column('timestamptz', { nullable: true })
  closedAt!: Date | null;

  /** The conversation whose closing made the rhythm plan this one. */
  @Column('uuid', { nullable: true })
  plannedAfterId!: string | null;

  /** The date of the series that it stands for, also after it was moved; null when scheduled by hand. */
  @Column('timestamptz', { nullable: true })
  seriesAt!: Date | null;

  @Column('integer')
  version!: number;
}

export interface ConversationRow extends ConversationEntity {
  readonly __typename: 'Conversation';
}
