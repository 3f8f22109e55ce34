import { Field, ID, InputType, Int, ObjectType } from '@nestjs/graphql';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** `insert: false`: what the database sets, and the serving role may not. */
@ObjectType()
@Entity('talking_point')
export class TalkingPoint {
  @Field(() => ID)
  @PrimaryColumn('uuid', { insert: false, default: () => 'uuidv7()' })
  id!: string;

  @Column('uuid', { name: 'organization_id', select: false })
  organizationId!: string;

  @Column('uuid', { name: 'one_to_one_id', select: false })
  oneToOneId!: string;

  @Column('uuid', { name: 'conversation_id' })
  conversationId!: string;

  @Column('uuid', { name: 'raised_in_id', select: false })
  raisedInId!: string;

  @Column('uuid', { name: 'author_id' })
  authorId!: string;

  @Field()
  @Column('text')
  text!: string;

  @Field()
  @Column('boolean')
  draft!: boolean;

  /** Its order as stored; `position` tells the rank among the points that the viewer sees. */
  @Column({ type: 'integer', name: 'position', insert: false })
  place!: number;

  @Field(() => Int)
  position!: number;

  @Field()
  @Column({ type: 'boolean', insert: false })
  discussed!: boolean;

  @Field(() => Int)
  @Column({ type: 'integer', name: 'times_carried', insert: false })
  timesCarried!: number;

  @Field(() => Int)
  @Column({ type: 'integer', insert: false })
  version!: number;
}

@Entity('talking_point_version')
export class TalkingPointVersion {
  @PrimaryColumn('uuid', { name: 'point_id' })
  pointId!: string;

  @PrimaryColumn('integer')
  version!: number;

  @Column('uuid', { name: 'organization_id' })
  organizationId!: string;

  @Column('uuid', { name: 'author_id' })
  authorId!: string;

  @Column('text')
  text!: string;
}

@InputType()
export class AddTalkingPointInput {
  @Field(() => ID)
  conversationId!: string;

  @Field()
  text!: string;

  @Field({ defaultValue: true })
  draft!: boolean;
}

@ObjectType()
export class TalkingPointPayload {
  @Field(() => TalkingPoint)
  talkingPoint!: TalkingPoint;
}
