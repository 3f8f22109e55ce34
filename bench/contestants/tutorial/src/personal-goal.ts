import { Field, Float, ID, ObjectType } from '@nestjs/graphql';
import { Column, Entity, JoinColumn, OneToOne, PrimaryColumn, type Relation } from 'typeorm';
import { GoalVisibility, Horizon, PersonalGoalStatus } from './enums.js';

@ObjectType()
@Entity('personal_goal')
export class PersonalGoal {
  @Field(() => ID)
  @PrimaryColumn('uuid')
  id!: string;

  @Column('uuid', { name: 'owner_id' })
  ownerId!: string;

  @Field()
  @Column('text')
  title!: string;

  @Field(() => String, { nullable: true })
  @Column('text', { nullable: true })
  why!: string | null;

  @Field(() => Horizon, { nullable: true })
  @Column('text', { nullable: true })
  horizon!: Horizon | null;

  @Field(() => String, { nullable: true })
  @Column('date', { name: 'target_on', nullable: true })
  targetOn!: string | null;

  @Field(() => PersonalGoalStatus)
  @Column('text')
  status!: PersonalGoalStatus;

  @Field(() => GoalVisibility)
  @Column('text')
  visibility!: GoalVisibility;

  @Field()
  @Column('boolean', { name: 'open_to_proposals' })
  openToProposals!: boolean;

  @Column('text', { name: 'measure_unit', nullable: true })
  measureUnit!: string | null;

  @Column('double precision', { name: 'measure_start', nullable: true })
  measureStart!: number | null;

  @Column('double precision', { name: 'measure_current', nullable: true })
  measureCurrent!: number | null;

  @Column('double precision', { name: 'measure_target', nullable: true })
  measureTarget!: number | null;

  /** Null in the goals of others. */
  @OneToOne(() => PersonalGoalOwn, (own) => own.goal)
  own!: Relation<PersonalGoalOwn> | null;
}

/** The owner-only fields of a goal. */
@Entity('personal_goal_own')
export class PersonalGoalOwn {
  @PrimaryColumn('uuid', { name: 'goal_id' })
  goalId!: string;

  @OneToOne(() => PersonalGoal, (goal) => goal.own)
  @JoinColumn({ name: 'goal_id' })
  goal!: Relation<PersonalGoal>;

  @Column('text', { nullable: true })
  area!: string | null;

  @Column('integer')
  version!: number;

  @Column('timestamptz', { name: 'created_at' })
  createdAt!: Date;
}

@ObjectType()
export class PersonalGoalMeasure {
  @Field()
  unit!: string;

  @Field(() => Float)
  start!: number | null;

  @Field(() => Float)
  current!: number | null;

  @Field(() => Float)
  target!: number | null;
}

@ObjectType()
export class PersonalGoalConnection {
  @Field(() => [PersonalGoal])
  nodes!: PersonalGoal[];
}
