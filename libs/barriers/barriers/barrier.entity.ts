import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { BarrierStatus } from './barrier.model.js';

/** A procedure that hinders people or their customers. Neither its id nor its day tells when it was raised. */
@Entity('barrier')
export class BarrierEntity {
  @PrimaryColumn('uuid', { insert: false })
  id!: string;

  @Column({ type: 'uuid', update: false })
  organizationId!: string;

  @Column('uuid', { nullable: true })
  procedureAreaId!: string | null;

  @Column({ type: 'text', update: false })
  title!: string;

  @Column({ type: 'text', nullable: true, update: false })
  description!: string | null;

  @Column({ type: 'text', nullable: true, update: false })
  proposedRemedy!: string | null;

  @Column({ type: 'boolean', update: false })
  hindersCustomers!: boolean;

  /** Null for a barrier without a name. */
  @Column({ type: 'uuid', nullable: true, update: false })
  raisedById!: string | null;

  /** Of the last answer; a trigger keeps it. */
  @Column({ type: 'text', insert: false, update: false })
  status!: BarrierStatus;

  @Column({ type: 'date', insert: false, update: false })
  answerDueOn!: string;

  /** A day of the organization. */
  @Column({ type: 'date', insert: false, update: false })
  createdOn!: string;
}

export type BarrierRow = BarrierEntity & {
  /** Whether an answer is due: none was given, it is being investigated, or a trial is over. */
  readonly awaitsAnswer: boolean;
  readonly viewerCanAnswer: boolean;
  /** Whether it was removed or its trial was kept, so that it can have stories. */
  readonly canHaveStories: boolean;
};
