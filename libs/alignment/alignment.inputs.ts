import { Field, ID, InputType, registerEnumType } from '@nestjs/graphql';
import { IsOptional } from 'class-validator';
import { IsId, IsText, LONGEST_MARKDOWN, Markdown } from '#graphql';

/** What the owner of a personal goal says to a proposal. */
export const AlignmentAnswer = { ACCEPT: 'ACCEPT', DECLINE: 'DECLINE' } as const;
export type AlignmentAnswer = keyof typeof AlignmentAnswer;
registerEnumType(AlignmentAnswer, {
  name: 'AlignmentAnswer',
  description: 'What the owner of a personal goal says to a proposal.',
  valuesMap: {
    ACCEPT: { description: 'Yes: places it.' },
    DECLINE: { description: 'No. Its proposer does not learn of it: to them it stays unanswered.' },
  },
});

@InputType({ description: 'A business goal and the personal goal that it is to be part of.' })
export class PlaceBusinessGoalInput {
  @IsId()
  @Field(() => ID, { description: 'The part.' })
  businessGoalId!: string;

  @IsId()
  @Field(() => ID, { description: 'The whole: one’s own goal, or one that is open to proposals.' })
  personalGoalId!: string;

  @IsOptional()
  @IsText(LONGEST_MARKDOWN)
  @Field(() => Markdown, { nullable: true, description: 'How this work serves that part of a life.' })
  how?: string | null;
}

@InputType({ description: 'An answer to a proposal.' })
export class AnswerAlignmentInput {
  @IsId()
  @Field(() => ID, { description: 'The proposal.' })
  id!: string;

  @Field(() => AlignmentAnswer, { description: 'Yes or no. A no may become a yes later.' })
  answer!: AlignmentAnswer;

  @IsOptional()
  @IsText(LONGEST_MARKDOWN)
  @Field(() => Markdown, {
    nullable: true,
    description:
      'With a yes, the owner’s own words for how. Left out: the proposer’s words stay; null: none.',
  })
  how?: string | null;
}

@InputType({ description: 'New words for how a business goal serves a part of one’s life.' })
export class UpdateAlignmentInput {
  @IsId()
  @Field(() => ID, { description: 'What one has placed.' })
  id!: string;

  @IsOptional()
  @IsText(LONGEST_MARKDOWN)
  @Field(() => Markdown, { nullable: true, description: 'The words; none, where null or left out.' })
  how?: string | null;
}
