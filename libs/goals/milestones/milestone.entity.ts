import { Column, Entity, PrimaryColumn } from 'typeorm';

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
