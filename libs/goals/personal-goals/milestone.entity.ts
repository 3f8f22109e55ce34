import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A step on the way of a personal goal. */
@Entity('milestone')
export class MilestoneEntity {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('uuid')
  goalId!: string;

  @Column('text')
  title!: string;

  @Column('date', { nullable: true })
  reachedOn!: string | null;
}
export type MilestoneRow = MilestoneEntity;
