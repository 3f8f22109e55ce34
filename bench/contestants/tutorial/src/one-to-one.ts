import { Field, ID, Int, ObjectType } from '@nestjs/graphql';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { OneToOneState } from './enums.js';

/** A one-to-one: a view, since its state and recurrence depend on more than its row. */
@ObjectType('OneToOne')
@Entity('one_to_one', { schema: 'peers' })
export class Pair {
  @Field(() => ID)
  @PrimaryColumn('uuid')
  id!: string;

  @Field(() => OneToOneState)
  @Column('text')
  state!: OneToOneState;

  @Field(() => String, { nullable: true })
  @Column('text', { nullable: true })
  recurrence!: string | null;

  @Field(() => Int)
  @Column('integer', { name: 'duration_minutes' })
  durationMinutes!: number;

  @Column('uuid', { name: 'counterpart_id' })
  counterpartId!: string;
}

/** The row of a pair, to hold it while something is written. */
@Entity('one_to_one')
export class PairRow {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('uuid', { name: 'organization_id' })
  organizationId!: string;
}
