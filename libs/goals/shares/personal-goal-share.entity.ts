import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { ShareState } from './personal-goal-share.model.js';

/** A goal shared with one person. Its state is decided by `app.own_share_state`. */
@Entity('goal_share')
export class PersonalGoalShareEntity {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('uuid', { select: false })
  organizationId!: string;

  @Column('uuid')
  goalId!: string;

  @Column('uuid', { select: false })
  ownerId!: string;

  @Column('uuid')
  withId!: string;

  @Column('boolean')
  includesPast!: boolean;

  /** On insert, whether the share may wait; a trigger decides whether it does. */
  @Column('boolean', { select: false })
  waiting!: boolean;

  /** Selected as the day before it: PersonalGoalShareRow.expiresOn. */
  @Column('timestamptz', { nullable: true, select: false })
  expiresAt!: Date | null;

  /** Null while it is pending. */
  @Column('timestamptz', { name: 'became_active_at', nullable: true })
  activeSince!: Date | null;
}

export type PersonalGoalShareRow = Omit<
  PersonalGoalShareEntity,
  'organizationId' | 'ownerId' | 'waiting' | 'expiresAt'
> & {
  readonly state: ShareState;
  readonly expiresOn: string | null;
  /** Null for everybody but the owner. */
  readonly createdAt: Date | null;
};
