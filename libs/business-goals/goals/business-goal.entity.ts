import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { BusinessGoalState, GoalHealth } from './business-goal.model.js';

/** An objective of the organization, owned by one person, optionally part of a larger one. */
@Entity('business_goal')
export class BusinessGoalEntity {
  @PrimaryColumn('uuid', { insert: false })
  id!: string;

  @Column({ type: 'uuid', update: false })
  organizationId!: string;

  /** Changed by `BusinessGoalRepository.transfer` only. */
  @Column({ type: 'uuid', update: false })
  ownerId!: string;

  @Column('uuid')
  cycleId!: string;

  /** Not `parentId`: page queries give that name to the parent of a list. */
  @Column('uuid', { name: 'parent_id', nullable: true })
  parentGoalId!: string | null;

  /** The goal of an earlier cycle that this one continues. */
  @Column({ type: 'uuid', nullable: true, update: false })
  continuesId!: string | null;

  @Column('text')
  title!: string;

  @Column('text', { nullable: true })
  description!: string | null;

  @Column('text')
  state!: BusinessGoalState;

  /** Written by a trigger on check_in. */
  @Column({ type: 'text', nullable: true, insert: false, update: false })
  health!: GoalHealth | null;

  /** Between 0 and 1; null uses the mean of the key results. */
  @Column({ type: 'double precision', nullable: true })
  progressByHand!: number | null;

  @Column({ type: 'integer', insert: false })
  version!: number;
}

/** A business goal as queries return it. Unions resolve their type by `__typename`. */
export type BusinessGoalRow = BusinessGoalEntity & {
  readonly __typename: 'BusinessGoal';
  readonly progressSetByHand: boolean;
};
