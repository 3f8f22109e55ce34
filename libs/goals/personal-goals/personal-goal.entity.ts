import { Column, Entity, PrimaryColumn } from 'typeorm';
import type {
  GoalVisibility,
  Horizon,
  MeasureValues,
  PersonalGoalStatus,
  VisibilityBasis,
} from './personal-goal.model.js';

/** What everybody who can see a personal goal sees of it. */
@Entity('personal_goal')
export class PersonalGoalEntity {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('uuid', { select: false })
  organizationId!: string;

  @Column('uuid')
  ownerId!: string;

  @Column('text')
  title!: string;

  @Column('text', { nullable: true })
  why!: string | null;

  @Column('text', { nullable: true })
  horizon!: Horizon | null;

  @Column('date', { nullable: true })
  targetOn!: string | null;

  @Column('text')
  status!: PersonalGoalStatus;

  @Column('text')
  visibility!: GoalVisibility;

  @Column('boolean')
  openToProposals!: boolean;

  // Selected as one object: PersonalGoalRow.measure.
  @Column('text', { nullable: true, select: false })
  measureUnit!: string | null;

  @Column('double precision', { nullable: true, select: false })
  measureStart!: number | null;

  @Column('double precision', { nullable: true, select: false })
  measureCurrent!: number | null;

  @Column('double precision', { nullable: true, select: false })
  measureTarget!: number | null;
}

type MeasureColumn = `measure${string}` & keyof PersonalGoalEntity;

/** What only the owner sees, in a separate table because policies hide rows and not columns. */
@Entity('personal_goal_own')
export class PersonalGoalOwnEntity {
  @PrimaryColumn('uuid', { select: false })
  goalId!: string;

  @Column('uuid', { select: false })
  organizationId!: string;

  @Column('uuid', { select: false })
  ownerId!: string;

  @Column('text', { nullable: true })
  area!: string | null;

  @Column('integer')
  version!: number;

  @Column('timestamptz')
  createdAt!: Date;

  @Column('timestamptz')
  updatedAt!: Date;
}

export type OwnerOnlyFields = Pick<PersonalGoalOwnEntity, 'area' | 'version' | 'createdAt' | 'updatedAt'>;

/** What the owner writes, except for the measure. */
export type PersonalGoalValues = Omit<
  PersonalGoalEntity,
  'id' | 'organizationId' | 'ownerId' | MeasureColumn
> &
  Pick<PersonalGoalOwnEntity, 'area'> & { readonly measure: MeasureValues | null };

/** A goal as it is read. The owner-only fields are null in a goal of another person. */
export type PersonalGoalRow = Omit<PersonalGoalEntity, 'organizationId' | MeasureColumn> & {
  readonly measure: MeasureValues | null;
  readonly basis: VisibilityBasis;
} & { readonly [Name in keyof OwnerOnlyFields]: OwnerOnlyFields[Name] | null };

/** A goal as its owner reads it. */
export type OwnGoalRow = PersonalGoalRow & OwnerOnlyFields;
