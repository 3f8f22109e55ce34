import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A completed handover, as stored. */
@Entity('handover')
export class HandoverEntity {
  /** The ID of the reporting line with the former manager. */
  @PrimaryColumn('uuid', { name: 'line_id' })
  id!: string;

  @Column('uuid')
  organizationId!: string;

  @Column('uuid')
  personId!: string;

  @Column('uuid')
  fromId!: string;

  @Column('uuid')
  toId!: string;

  /** The first day without the former manager. */
  @Column('date')
  openedOn!: string;
}

/** A handover, completed or not, with what the person can pass on. All of that is empty for the new manager. */
export interface HandoverRow extends Omit<HandoverEntity, 'organizationId' | 'toId'> {
  readonly __typename: 'Handover';
  readonly toId: string | null;
  readonly completedAt: Date | null;
  readonly shareIds: readonly string[];
  readonly actionItemIds: readonly string[];
  readonly mandateIds: readonly string[];
}

export type OfferKind = 'PROMISE' | 'MANDATE';

/** What a person offers to the new manager. */
@Entity('handover_offer')
export class HandoverOfferEntity {
  @PrimaryColumn('uuid', { insert: false })
  id!: string;

  @Column('uuid', { select: false })
  organizationId!: string;

  @Column('uuid', { name: 'line_id' })
  handoverId!: string;

  @Column('text')
  kind!: OfferKind;

  @Column('integer', { select: false })
  position!: number;

  @Column('text')
  text!: string;

  @Column('date', { nullable: true })
  day!: string | null;

  @Column({ type: 'uuid', nullable: true, insert: false })
  actionItemId!: string | null;

  @Column({ type: 'uuid', nullable: true, insert: false })
  mandateId!: string | null;
}

export type HandoverOfferRow = Omit<HandoverOfferEntity, 'organizationId' | 'position'>;
