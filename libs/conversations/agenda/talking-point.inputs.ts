import { Field, ID, InputType, Int } from '@nestjs/graphql';
import { IsOptional } from 'class-validator';
import { IsId, IsPossiblyEmptyText, LONGEST_MARKDOWN, Markdown } from '#graphql';

@InputType({
  description: 'Something to talk about, in a planned conversation or whenever the two meet next.',
})
export class AddTalkingPointInput {
  @IsOptional()
  @IsId()
  @Field(() => ID, { nullable: true, description: 'The planned conversation that it is for.' })
  conversationId?: string | null;

  @IsOptional()
  @IsId()
  @Field(() => ID, {
    nullable: true,
    description:
      'Instead of `conversationId`: the one-to-one, for its next conversation. With none planned, it waits.',
  })
  oneToOneId?: string | null;

  @IsPossiblyEmptyText(LONGEST_MARKDOWN)
  @Field(() => Markdown, { description: 'What it is. May be empty only in a draft that is about a goal.' })
  text!: string;

  @IsOptional()
  @IsId()
  @Field(() => ID, {
    nullable: true,
    description:
      'The goal that it is about, of either kind. Whoever may not see that goal is not told that there is one.',
  })
  aboutId?: string | null;

  @Field(() => Boolean, {
    nullable: true,
    defaultValue: true,
    description: 'A draft, for its author alone until it is shared; false shares it at once.',
  })
  draft?: boolean | null;
}

@InputType({ description: 'The draft that both are to see.' })
export class ShareTalkingPointInput {
  @IsId()
  @Field(() => ID, { description: 'The talking point.' })
  id!: string;
}

@InputType({ description: 'An edit of a talking point. What is left out stays.' })
export class UpdateTalkingPointInput {
  @IsId()
  @Field(() => ID, { description: 'The talking point.' })
  id!: string;

  @Field(() => Int, { description: 'The version that this is an edit of.' })
  version!: number;

  @IsOptional()
  @IsPossiblyEmptyText(LONGEST_MARKDOWN)
  @Field(() => Markdown, { nullable: true, description: 'Other words, by its author only.' })
  text?: string | null;

  @Field(() => Boolean, { nullable: true, description: 'Whether it was talked about, by either.' })
  discussed?: boolean | null;

  @IsOptional()
  @IsId()
  @Field(() => ID, {
    nullable: true,
    description: 'The goal that it is about, by its author only. Null: none.',
  })
  aboutId?: string | null;
}

@InputType({ description: 'Another place for a talking point among those of its conversation.' })
export class MoveTalkingPointInput {
  @IsId()
  @Field(() => ID, { description: 'The talking point.' })
  id!: string;

  @IsOptional()
  @IsId()
  @Field(() => ID, {
    nullable: true,
    description: 'The point before which it is to stand; null: at the end.',
  })
  beforeId?: string | null;
}
