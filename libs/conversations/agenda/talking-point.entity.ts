import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { ConversationRow } from './conversation.entity.js';

/** Something that one of the two wants to talk about. */
@Entity('talking_point')
export class TalkingPointEntity {
  @PrimaryColumn('uuid', { insert: false })
  id!: string;

  @Column('uuid')
  organizationId!: string;

  @Column('uuid')
  oneToOneId!: string;

  /** Null while it waits at the pair for the next conversation. */
  @Column('uuid', { nullable: true })
  conversationId!: string | null;

  @Column('uuid')
  authorId!: string;

  @Column('text')
  text!: string;

  @Column('boolean')
  draft!: boolean;

  /** As stored it counts drafts that the viewer may not see; what is read is its rank among those that they do. */
  @Column('integer', { select: false })
  position!: number;

  @Column('boolean')
  discussed!: boolean;

  @Column('uuid', { nullable: true })
  raisedInId!: string | null;

  @Column('integer')
  timesCarried!: number;

  @Column('integer')
  version!: number;
}

export interface TalkingPointRow extends TalkingPointEntity {
  readonly __typename: 'TalkingPoint';
  /** The conversation that it is for now, where that was read with it. */
  readonly conversation?: ConversationRow;
}

/** The goal that a point is about, as far as the viewer may see both. */
export interface TalkingPointSubjectRow {
  readonly pointId: string;
  readonly conversationId: string | null;
  readonly personalGoalId: string | null;
  readonly businessGoalId: string | null;
}
