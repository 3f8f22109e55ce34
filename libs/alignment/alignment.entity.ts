import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { AlignmentState } from './alignment.model.js';

/** A business goal that is placed in a personal goal, or proposed to its owner. */
@Entity('alignment')
export class AlignmentEntity {
  @PrimaryColumn('uuid', { insert: false })
  id!: string;

  @Column({ type: 'uuid', update: false, select: false })
  organizationId!: string;

  @Column({ type: 'uuid', update: false })
  personalGoalId!: string;

  /** The owner of the personal goal. */
  @Column({ type: 'uuid', update: false, select: false })
  ownerId!: string;

  @Column({ type: 'uuid', update: false })
  businessGoalId!: string;

  @Column({ type: 'text', nullable: true })
  how!: string | null;

  @Column({ type: 'uuid', update: false })
  proposedById!: string;

  /** DECLINED is stored apart, in alignment_decline. */
  @Column({ type: 'text', name: 'state', select: false })
  storedState!: Exclude<AlignmentState, 'DECLINED'>;
}

/** An alignment as the viewer sees it. */
export type AlignmentRow = Omit<AlignmentEntity, 'organizationId' | 'ownerId' | 'storedState'> & {
  readonly __typename: 'Alignment';
  /** DECLINED for the owner of the personal goal only; others see PROPOSED. */
  readonly state: AlignmentState;
  /** Null unless the viewer owns the personal goal or proposed it. */
  readonly createdAt: Date | null;
};
