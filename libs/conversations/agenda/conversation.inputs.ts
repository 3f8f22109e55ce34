import { ArgsType, Field, ID, InputType, Int } from '@nestjs/graphql';
import { IsInt, IsOptional } from 'class-validator';
import { IsId, PageArgs } from '#graphql';
import { ConversationStatus } from './conversation.model.js';

@ArgsType()
export class ConversationsArgs extends PageArgs {
  @IsOptional()
  @Field(() => [ConversationStatus], {
    nullable: true,
    description: 'Only those of which this became; all by default.',
  })
  status?: ConversationStatus[] | null;
}

@InputType({ description: 'One more conversation, by hand, beside what the rhythm plans.' })
export class ScheduleConversationInput {
  @IsId()
  @Field(() => ID, { description: 'The id of the one-to-one.' })
  oneToOneId!: string;

  @Field(() => Date, { description: 'When it is to begin: not in the past, and within two years.' })
  scheduledAt!: Date;
}

@InputType({ description: 'Another time for one planned conversation; the rhythm stays.' })
export class MoveConversationInput {
  @IsId()
  @Field(() => ID, { description: 'The id of the conversation.' })
  id!: string;

  @IsInt()
  @Field(() => Int, { description: 'The version that this edit saw; CONFLICT if it is not the present one.' })
  version!: number;

  @Field(() => Date, { description: 'When it is to begin: not in the past, and within two years.' })
  scheduledAt!: Date;
}

@InputType({ description: 'The planned conversation that is called off.' })
export class CancelConversationInput {
  @IsId()
  @Field(() => ID, { description: 'The id of the conversation.' })
  id!: string;
}

@InputType({ description: 'The planned conversation that is left out.' })
export class SkipConversationInput {
  @IsId()
  @Field(() => ID, { description: 'The id of the conversation.' })
  id!: string;
}

@InputType({
  description: '"We met": the id of a planned conversation, or of the one-to-one if none was planned.',
})
export class HoldConversationInput {
  @IsOptional()
  @IsId()
  @Field(() => ID, { nullable: true, description: 'The planned conversation that was held.' })
  id?: string | null;

  @IsOptional()
  @IsId()
  @Field(() => ID, {
    nullable: true,
    description: 'Instead of `id`: the one-to-one whose two met without a plan.',
  })
  oneToOneId?: string | null;

  @IsOptional()
  @Field(() => Date, {
    nullable: true,
    description:
      'When they met: not in the future, and at most two years ago. By default when it was planned, or now if that is still to come.',
  })
  heldAt?: Date | null;
}

@InputType({ description: 'The conversation that is taken back.' })
export class ReopenConversationInput {
  @IsId()
  @Field(() => ID, { description: 'The id of the conversation.' })
  id!: string;
}
