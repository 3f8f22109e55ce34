import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { ActionItemState } from './action-item.model.js';

/** What one of the two promised. */
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

  @Column('boolean', { nullable: true })
  kept!: boolean | null;

  @Column('integer')
  version!: number;
}

export interface ActionItemRow extends ActionItemEntity {
  readonly __typename: 'ActionItem';
  /** Whether the moment at which it was due has passed, open or not. */
  readonly isPastDue: boolean;
}
