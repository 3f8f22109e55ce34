import { Field, ID, InputType, Int } from '@nestjs/graphql';
import { IsInt, IsOptional, Max, Min } from 'class-validator';
import { IsId, IsText } from '#graphql';

/** A few sentences. */
const LONGEST_FEEDBACK = 2_000;

@InputType({
  description:
    'The viewer’s feedback on a conversation as a whole: what is left out is removed. With neither a text nor a value, feedback that was not revealed is deleted.',
})
export class GiveFeedbackInput {
  @IsId()
  @Field(() => ID, { description: 'The ID of the conversation, which must be HELD.' })
  conversationId!: string;

  @IsOptional()
  @IsText(LONGEST_FEEDBACK)
  @Field(() => String, {
    nullable: true,
    description: 'What would make the next conversation better. At most 2,000 characters, not blank.',
  })
  better?: string | null;

  @IsOptional()
  @IsInt()
  @Min(1, { message: 'must be at least 1.' })
  @Max(5, { message: 'must be at most 5.' })
  @Field(() => Int, {
    nullable: true,
    description: 'Whether the conversation was worth it, from 1 (not at all) to 5 (very much).',
  })
  worthIt?: number | null;

  @Field({
    description:
      'Pass true to offer it to the other participant: it is revealed once both have offered theirs. Pass false to keep it.',
  })
  offered!: boolean;
}

@InputType({ description: 'The conversation about which the viewer takes an offer back.' })
export class WithdrawFeedbackInput {
  @IsId()
  @Field(() => ID, { description: 'The ID of the conversation.' })
  conversationId!: string;
}
