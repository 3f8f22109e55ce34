import { Column, Entity, PrimaryColumn } from 'typeorm';
import type {
  PersonalGoalMeasure,
  GoalVisibility,
  Horizon,
  PersonalGoalStatus,
  VisibilityBasis,
} from './personal-goal.model.js';

/** A personal goal as everybody who may see it sees it. */
@Entity('personal_goal')
export class PersonalGoalEntity {
  @PrimaryColumn('uuid')
  id!: string;

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
}

/** What of a goal is its owner's alone, kept in a table of its own (personal_goal_own). */
export interface OwnersAlone {
  readonly area: string | null;
  readonly version: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/**
 * A goal as it is read: with the measure in one piece, why the viewer can see it, and what is its owner's alone, which is null in a
 * goal of somebody else.
 */
export type PersonalGoalRow = PersonalGoalEntity & {
  readonly measure: PersonalGoalMeasure | null;
  readonly basis: VisibilityBasis;
} & { readonly [Name in keyof OwnersAlone]: OwnersAlone[Name] | null };

/** A goal to its owner. */
export type OwnGoalRow = PersonalGoalRow & OwnersAlone;

/** The words that a goal had; its owner's alone. */
@Entity('personal_goal_version')
export class PersonalGoalVersionEntity {
  @PrimaryColumn('uuid')
  goalId!: string;

  @PrimaryColumn('integer')
  version!: number;

  @Column('text')
  title!: string;

  @Column('text', { nullable: true })
  why!: string | null;

  @Column('timestamptz')
  at!: Date;
}
export type PersonalGoalVersionRow = PersonalGoalVersionEntity;
