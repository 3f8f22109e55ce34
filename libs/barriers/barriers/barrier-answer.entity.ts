import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { BarrierStatus } from './barrier.model.js';

/** An answer to a barrier. Never changed: a new one follows it. */
@Entity('barrier_answer')
export class BarrierAnswerEntity {
  @PrimaryColumn('uuid', { insert: false })
  id!: string;

  @Column('uuid')
  organizationId!: string;

  @Column('uuid')
  barrierId!: string;

  /** Not OPEN. */
  @Column('text')
  status!: BarrierStatus;

  @Column('text')
  text!: string;

  @Column('boolean')
  gotItWrong!: boolean;

  @Column('text', { nullable: true })
  lossLastHappened!: string | null;

  @Column('double precision', { name: 'losses_a_year', nullable: true })
  lossesAYear!: number | null;

  @Column('text', { nullable: true })
  costToOthers!: string | null;

  @Column('text', { nullable: true })
  requiredByLaw!: string | null;

  @Column('date', { nullable: true })
  trialUntil!: string | null;

  @Column('uuid')
  byId!: string;

  @Column({ type: 'timestamptz', insert: false })
  at!: Date;
}

export type BarrierAnswerRow = BarrierAnswerEntity;
