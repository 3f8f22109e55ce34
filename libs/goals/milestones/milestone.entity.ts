import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('milestone')
export class MilestoneEntity {
  @PrimaryColumn('uuid', { insert: false })
  id!: string;

  @Column({ type: 'uuid', update: false })
  goalId!: string;

  @Column({ type: 'uuid', select: false, update: false })
  organizationId!: string;

  @Column({ type: 'uuid', select: false, update: false })
  ownerId!: string;

  @Column('integer', { select: false })
  position!: number;

  @Column('text')
  title!: string;

  @Column('date', { nullable: true })
  reachedOn!: string | null;

  /** When it was marked as reached. Decides whether people who do not see the past see the milestone. */
  @Column('timestamptz', { nullable: true, select: false })
  reachedAt!: Date | null;
}
/** What a milestone is for those who can see it. */
export type MilestoneRow = Omit<MilestoneEntity, 'organizationId' | 'ownerId' | 'position' | 'reachedAt'>;

/** What the owner writes of a milestone; `id` is null for a new one. */
export type MilestoneValues = Omit<MilestoneRow, 'id' | 'goalId'> & { readonly id: string | null };
