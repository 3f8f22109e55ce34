import { Column, Entity, PrimaryColumn } from 'typeorm';

/** What one participant says about a conversation that took place: what would make the next one better, and whether it was worth it. */
@Entity('conversation_feedback')
export class FeedbackEntity {
  @PrimaryColumn('uuid', { insert: false })
  id!: string;

  @Column({ type: 'uuid', update: false })
  organizationId!: string;

  @Column({ type: 'uuid', update: false })
  conversationId!: string;

  @Column({ type: 'uuid', update: false })
  authorId!: string;

  @Column('text', { nullable: true })
  better!: string | null;

  /** 1 to 5. */
  @Column('integer', { nullable: true })
  worthIt!: number | null;

  @Column('boolean')
  offered!: boolean;
}

/** The viewer's own, or that of the other participant once both were revealed. */
export interface FeedbackRow extends FeedbackEntity {
  /** When both were revealed; before that, when the viewer last wrote it. */
  readonly at: Date;
}
