import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A former or current wording of a goal; only its owner sees it. */
@Entity('personal_goal_version')
export class PersonalGoalVersionEntity {
  @PrimaryColumn('uuid')
  goalId!: string;

  @PrimaryColumn('integer')
  version!: number;

  @Column('uuid', { select: false })
  organizationId!: string;

  @Column('uuid', { select: false })
  ownerId!: string;

  @Column('text')
  title!: string;

  @Column('text', { nullable: true })
  why!: string | null;

  @Column('timestamptz')
  at!: Date;
}
export type PersonalGoalVersionRow = Omit<PersonalGoalVersionEntity, 'organizationId' | 'ownerId'>;
