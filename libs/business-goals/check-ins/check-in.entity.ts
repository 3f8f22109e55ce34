import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { GoalHealth } from '../goals/business-goal.model.js';

/** A report on a business goal by its owner or an assignee. Never changed. */
@Entity('check_in')
export class CheckInEntity {
  @PrimaryColumn('uuid', { insert: false })
  id!: string;

  @Column('uuid')
  organizationId!: string;

  @Column('uuid')
  businessGoalId!: string;

  @Column('uuid')
  authorId!: string;

  @Column('text', { nullable: true })
  text!: string | null;

  @Column('integer')
  confidence!: number;

  @Column('text')
  health!: GoalHealth;

  @Column({ type: 'timestamptz', insert: false })
  at!: Date;
}

export type CheckInRow = CheckInEntity;
