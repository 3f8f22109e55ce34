import { Column, Entity, PrimaryColumn } from 'typeorm';

/** How one tells that a business goal is reached: a number on its way from start to target. */
@Entity('key_result')
export class KeyResultEntity {
  @PrimaryColumn('uuid', { insert: false })
  id!: string;

  @Column('uuid')
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
}

/** A key result as queries give it, with how far it is. */
export type KeyResultRow = KeyResultEntity & { readonly progress: number };
