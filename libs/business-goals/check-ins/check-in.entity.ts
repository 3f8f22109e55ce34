import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { CheckInStatus } from './check-in.model.js';

/** What an owner or assignee said of how a business goal stands. It is never changed. */
@Entity('check_in')
export class CheckInEntity {
  @PrimaryColumn('uuid', { insert: false })
  id!: string;

  @Column('uuid')
  businessGoalId!: string;

  @Column('uuid')
  authorId!: string;

  @Column('text', { nullable: true })
  text!: string | null;

  @Column('integer')
  confidence!: number;

  @Column('text')
  status!: CheckInStatus;

  @Column({ type: 'timestamptz', insert: false })
  at!: Date;
}

export type CheckInRow = CheckInEntity;
