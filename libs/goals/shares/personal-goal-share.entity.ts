import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { ShareState } from './personal-goal-share.model.js';

/** One goal, one person. What it is now is judged by `app.own_share_state`. */
@Entity('goal_share')
export class PersonalGoalShareEntity {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('uuid')
  goalId!: string;

  @Column('uuid')
  withId!: string;

  @Column('boolean')
  includesPast!: boolean;

  @Column('timestamptz', { nullable: true })
  expiresAt!: Date | null;

  /** When it became readable; null while it waits. */
  @Column('timestamptz', { name: 'became_active_at', nullable: true })
  activeSince!: Date | null;
}

/** As it is read: with what it is now. */
export type PersonalGoalShareRow = PersonalGoalShareEntity & {
  readonly state: ShareState;
  /** When it was made, for its owner; else null. */
  readonly createdAt: Date | null;
};
