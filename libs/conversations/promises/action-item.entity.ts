import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { ActionItemStanding, ActionItemState } from './action-item.model.js';

/** An action item of a one-to-one, as stored. */
@Entity('action_item')
export class ActionItemEntity {
  @PrimaryColumn('uuid', { insert: false })
  id!: string;

  @Column('uuid')
  organizationId!: string;

  @Column('uuid')
  oneToOneId!: string;

  @Column('uuid', { nullable: true })
  madeInId!: string | null;

  @Column('uuid')
  ownerId!: string;

  /** The author: who wrote it down. */
  @Column('uuid')
  createdById!: string;

  @Column('text')
  text!: string;

  @Column('date', { nullable: true })
  dueOn!: string | null;

  @Column('text')
  state!: ActionItemState;

  @Column('timestamptz', { nullable: true })
  closedAt!: Date | null;

  @Column('integer')
  renegotiated!: number;

  @Column('integer')
  version!: number;
}

/** An action item with what the database derives when it is read. */
export interface ActionItemRow extends ActionItemEntity {
  readonly __typename: 'ActionItem';
  readonly standing: ActionItemStanding;
  /** Whether its owner can drop it without it counting as late (`app.is_refusable`). */
  readonly isRefusable: boolean;
}
