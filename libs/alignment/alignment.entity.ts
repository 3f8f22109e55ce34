import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { AlignmentState } from './alignment.model.js';

/** A business goal placed in, or proposed for, a personal goal. */
@Entity('alignment')
export class AlignmentEntity {
  @PrimaryColumn('uuid', { insert: false })
  id!: string;

  @Column('uuid')
  personalGoalId!: string;

  @Column('uuid')
  businessGoalId!: string;

  @Column('text', { nullable: true })
  how!: string | null;

  @Column('uuid')
  proposedById!: string;
}

/** An alignment as the viewer can see it. */
export type AlignmentRow = AlignmentEntity & {
  readonly __typename: 'Alignment';
  /** DECLINED for the owner of the personal goal only; others see PROPOSED. */
  readonly state: AlignmentState;
  /** Null, except for the owner of the personal goal and the proposer. */
  readonly createdAt: Date | null;
};
