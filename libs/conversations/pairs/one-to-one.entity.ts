import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { OneToOneState } from './one-to-one.model.js';

/** The standing one-to-one of two people, as stored. What holds of it now is judged when it is read ({@link OneToOneRow}). */
@Entity('one_to_one')
export class OneToOneEntity {
  @PrimaryColumn('uuid', { insert: false })
  id!: string;

  @Column('uuid')
  organizationId!: string;

  /** Of the two ids the smaller. */
  @Column('uuid')
  firstId!: string;

  @Column('uuid')
  secondId!: string;

  /** Of an invitation: who asked. */
  @Column('uuid')
  startedById!: string;

  /** The reporting line that the rhythm rests on. */
  @Column('uuid', { nullable: true })
  lineId!: string | null;

  @Column('text')
  timeZone!: string;

  @Column('integer')
  durationMinutes!: number;

  @Column('integer')
  version!: number;
}

/** A one-to-one as it is now. */
export interface OneToOneRow extends OneToOneEntity {
  readonly __typename: 'OneToOne';
  /** ENDED also once the employment of either has ended. */
  readonly state: OneToOneState;
  /** Null also once the reporting line that it rested on has closed. */
  readonly recurrence: string | null;
  /** Not null if, and only if, `recurrence` is. */
  readonly startsAt: Date | null;
  readonly endedAt: Date | null;
}
