import { Column, Entity, PrimaryColumn } from 'typeorm';

/** What the owner wrote about how it goes with a personal goal. */
@Entity('goal_update')
export class PersonalGoalUpdateEntity {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('uuid')
  goalId!: string;

  @Column('uuid')
  authorId!: string;

  @Column('text')
  text!: string;

  @Column('double precision', { nullable: true })
  measuredValue!: number | null;

  @Column('timestamptz')
  at!: Date;
}
export type PersonalGoalUpdateRow = PersonalGoalUpdateEntity;
