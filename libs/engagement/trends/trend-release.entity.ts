import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Granularity } from './granularity.model.js';

/** One batch of figures, of a closed period. Written by the worker, and never changed. */
@Entity('trend_release')
export class TrendReleaseEntity {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('uuid')
  organizationId!: string;

  @Column('text')
  periodKey!: string;

  @Column('text')
  granularity!: Granularity;

  @Column('date')
  startsOn!: string;

  /** Inclusive. */
  @Column('date')
  endsOn!: string;

  @Column('timestamptz')
  releasedAt!: Date;

  @Column('timestamptz')
  publishedAt!: Date;

  @Column('text')
  rowHash!: string;
}

export type TrendReleaseRow = TrendReleaseEntity & {
  /** Texts of all corrections, in the order in which they were made; null without one. */
  readonly erratum: string | null;
  readonly isResponseOverdue: boolean;
};
