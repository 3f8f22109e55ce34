import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('goal_update')
export class PersonalGoalUpdateEntity {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('uuid', { select: false })
  organizationId!: string;

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
export type PersonalGoalUpdateRow = Omit<PersonalGoalUpdateEntity, 'organizationId'>;
