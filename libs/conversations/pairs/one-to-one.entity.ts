import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { OneToOneState } from './one-to-one.model.js';

/** The standing one-to-one of two people, as stored. {@link OneToOneRow} has what is derived when it is read. */
@Entity('one_to_one')
export class OneToOneEntity {
  @PrimaryColumn('uuid', { insert: false })
  id!: string;

  @Column('uuid')
  organizationId!: string;

  /** The smaller of the two person IDs. */
  @Column('uuid')
  firstId!: string;

  @Column('uuid')
  secondId!: string;

  /** Who started it, or sent the invitation. */
  @Column('uuid')
  startedById!: string;

  /** The reporting line under which the recurrence was set. The recurrence ends with it. */
  @Column('uuid', { nullable: true })
  lineId!: string | null;

  @Column('text', { name: 'state', select: false })
  storedState!: OneToOneState;

  @Column('text', { name: 'recurrence', nullable: true, select: false })
  storedRecurrence!: string | null;

  @Column('timestamptz', { name: 'recurrence_starts_at', nullable: true, select: false })
  storedStartsAt!: Date | null;

  @Column('text')
  timeZone!: string;

  @Column('integer')
  durationMinutes!: number;

  @Column('date', { name: 'paused_until', nullable: true, select: false })
  storedPausedUntil!: string | null;

  @Column('integer')
  version!: number;
}

/** A one-to-one with what is derived when it is read. */
export interface OneToOneRow extends OneToOneEntity {
  readonly __typename: 'OneToOne';
  /** ENDED also once the employment of a participant has ended. */
  readonly state: OneToOneState;
  /** Null also once the reporting line under which it was set has ended. */
  readonly recurrence: string | null;
  /** Null if and only if `recurrence` is. */
  readonly startsAt: Date | null;
  readonly endedAt: Date | null;
  /** Null also once the pause is over. */
  readonly pausedUntil: string | null;
  /** The end of that day in its time zone when the pause was set. Null if and only if `pausedUntil` is. */
  readonly pauseEndsAt: Date | null;
}
