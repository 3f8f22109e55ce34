import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { TrendMetric } from '../trend-metric.js';
import type { TrendTree } from '../trend.model.js';
import type { TrendResponseState } from './trend-response.model.js';

/** What is done about a released quarter. */
@Entity('trend_response')
export class TrendResponseEntity {
  @PrimaryColumn('uuid', { insert: false })
  id!: string;

  @Column('uuid')
  organizationId!: string;

  @Column('uuid')
  releaseId!: string;

  @Column('text')
  tree!: TrendTree;

  @Column('text')
  groupKey!: string;

  @Column('text', { nullable: true })
  metric!: TrendMetric | null;

  @Column('text')
  text!: string;

  @Column('uuid')
  byId!: string;

  @Column('date')
  dueOn!: string;

  @Column('text')
  state!: TrendResponseState;

  @Column('text', { nullable: true })
  outcome!: string | null;

  /** Incremented by a trigger. */
  @Column({ type: 'integer', insert: false, update: false })
  version!: number;
}

/** With its group and its period. */
export interface TrendResponseRow extends TrendResponseEntity {
  readonly __typename: 'TrendResponse';
  readonly label: string;
  readonly parentKey: string | null;
  readonly validFrom: string;
  readonly validUntil: string | null;
  readonly periodKey: string;
  readonly startsOn: string;
  readonly endsOn: string;
}
