import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { AlignmentState } from './alignment.model.js';

/** A business goal as a part of a personal goal, or proposed to be one. */
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

/** An alignment as the viewer may see it. */
export type AlignmentRow = AlignmentEntity & {
  readonly __typename: 'Alignment';
  /** DECLINED for the owner of the personal goal only; to everybody else such a one is PROPOSED. */
  readonly state: AlignmentState;
  /** For the owner of the personal goal and for the proposer of their own; else null. */
  readonly createdAt: Date | null;
};
