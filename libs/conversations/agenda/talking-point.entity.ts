import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { PersonRow } from '#people';
import type { ConversationRow } from './conversation.entity.js';

/** A talking point of a one-to-one, as stored. */
@Entity('talking_point')
export class TalkingPointEntity {
  @PrimaryColumn('uuid', { insert: false })
  id!: string;

  @Column('uuid')
  organizationId!: string;

  @Column('uuid')
  oneToOneId!: string;

  /** Null while it waits at the one-to-one for the next conversation. */
  @Column('uuid', { nullable: true })
  conversationId!: string | null;

  @Column('uuid')
  authorId!: string;

  @Column('text')
  text!: string;

  @Column('boolean')
  draft!: boolean;

  @Column('boolean')
  fromCustomer!: boolean;

  /** The stored position counts drafts that the viewer cannot see, so queries return the rank among visible points instead. */
  @Column('integer', { select: false })
  position!: number;

  @Column('boolean')
  discussed!: boolean;

  /** On every agenda until it is taken off. */
  @Column('boolean')
  standing!: boolean;

  @Column('uuid', { nullable: true })
  raisedInId!: string | null;

  /** The question of the question bank that it takes up. */
  @Column('text', { nullable: true })
  questionId!: string | null;

  @Column('integer')
  timesCarried!: number;

  @Column('integer')
  version!: number;
}

/** What is written of a new point. */
export type NewTalkingPoint = Pick<
  TalkingPointEntity,
  | 'organizationId'
  | 'oneToOneId'
  | 'conversationId'
  | 'authorId'
  | 'text'
  | 'draft'
  | 'fromCustomer'
  | 'questionId'
  | 'standing'
>;

/** What an edit can change. */
export type TalkingPointChanges = Partial<
  Pick<TalkingPointEntity, 'text' | 'discussed' | 'standing' | 'fromCustomer'>
>;

export interface TalkingPointRow extends TalkingPointEntity {
  readonly __typename: 'TalkingPoint';
  /** Its current conversation, where that was read with it. */
  readonly conversation?: ConversationRow;
  /** Its author, where they were read with it. */
  readonly author?: PersonRow;
}

/** The goal that a point is about. A row exists for the viewer if they can see both. */
export interface TalkingPointSubjectRow {
  readonly pointId: string;
  readonly conversationId: string | null;
  readonly personalGoalId: string | null;
  readonly businessGoalId: string | null;
}
