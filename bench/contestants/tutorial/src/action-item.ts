import { Field, ID, ObjectType } from '@nestjs/graphql';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { ActionItemStanding, ActionItemState } from './enums.js';

@ObjectType()
@Entity('action_item', { schema: 'peers' })
export class ActionItem {
  @Field(() => ID)
  @PrimaryColumn('uuid')
  id!: string;

  @Column('uuid', { name: 'made_in_id' })
  madeInId!: string;

  @Column('uuid', { name: 'owner_id' })
  ownerId!: string;

  @Field()
  @Column('text')
  text!: string;

  @Field(() => String, { nullable: true })
  @Column('date', { name: 'due_on', nullable: true })
  dueOn!: string | null;

  @Field(() => ActionItemState)
  @Column('text')
  state!: ActionItemState;

  @Field(() => ActionItemStanding)
  @Column('text')
  standing!: ActionItemStanding;
}
