import { Field, ID, ObjectType } from '@nestjs/graphql';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { ConversationStatus } from './enums.js';

@ObjectType()
@Entity('conversation')
export class Conversation {
  @Field(() => ID)
  @PrimaryColumn('uuid')
  id!: string;

  @Column('uuid', { name: 'one_to_one_id' })
  oneToOneId!: string;

  @Field(() => ConversationStatus)
  @Column('text')
  status!: ConversationStatus;

  @Field()
  @Column('timestamptz', { name: 'scheduled_at' })
  scheduledAt!: Date;

  @Field(() => Date, { nullable: true })
  @Column('timestamptz', { name: 'held_at', nullable: true })
  heldAt!: Date | null;
}

@ObjectType()
export class ConversationConnection {
  @Field(() => [Conversation])
  nodes!: Conversation[];
}
