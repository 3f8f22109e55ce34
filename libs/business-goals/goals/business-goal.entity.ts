import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { BusinessGoalStatus } from './business-goal.model.js';

/** What the company wants to reach, kept by one person, perhaps a part of a larger one. */
@Entity('business_goal')
export class BusinessGoalEntity {
  @PrimaryColumn('uuid', { insert: false })
  id!: string;

  @Column('uuid')
  organizationId!: string;

  @Column('uuid')
  ownerId!: string;

  @Column('uuid')
  cycleId!: string;

  /** Not parentId: that is what lists of many parents call the parent of a row. */
  @Column('uuid', { name: 'parent_id', nullable: true })
  parentGoalId!: string | null;

  @Column('text')
  title!: string;

  @Column('text', { nullable: true })
  description!: string | null;

  @Column('text')
  status!: BusinessGoalStatus;

  /** Between 0 and 1; null: the mean of its key results. */
  @Column({ type: 'double precision', nullable: true })
  progressByHand!: number | null;

  @Column({ type: 'integer', insert: false })
  version!: number;
}

/** A business goal as queries give it; the typename tells it apart in unions. */
export type BusinessGoalRow = BusinessGoalEntity & {
  readonly __typename: 'BusinessGoal';
  readonly progressSetByHand: boolean;
};
