import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A measure of a business goal: a number that goes from start to target. */
@Entity('key_result')
export class KeyResultEntity {
  @PrimaryColumn('uuid', { insert: false })
  id!: string;

  @Column({ type: 'uuid', update: false })
  organizationId!: string;

  @Column({ type: 'uuid', update: false })
  businessGoalId!: string;

  @Column('text')
  title!: string;

  @Column('text')
  unit!: string;

  @Column({ type: 'double precision', name: 'start_value' })
  start!: number;

  @Column({ type: 'double precision', name: 'current_value' })
  current!: number;

  @Column({ type: 'double precision', name: 'target_value' })
  target!: number;

  /** The place in the list of the goal's key results. */
  @Column('integer')
  position!: number;
}

/** A key result as queries return it, with its progress from 0 to 1. */
export type KeyResultRow = KeyResultEntity & { readonly progress: number };
