import { Field, ID, InputType, registerEnumType } from '@nestjs/graphql';
import { IsOptional } from 'class-validator';
import { IsId, IsText, LONGEST_MARKDOWN, Markdown } from '#graphql';

/** The answer of a personal goal's owner to a proposal. */
export const AlignmentAnswer = { ACCEPT: 'ACCEPT', DECLINE: 'DECLINE' } as const;
export type AlignmentAnswer = keyof typeof AlignmentAnswer;
registerEnumType(AlignmentAnswer, {
  name: 'AlignmentAnswer',
  description: 'The answer of a personal goal’s owner to a proposal.',
  valuesMap: {
    ACCEPT: { description: 'Places the business goal in the personal goal.' },
    DECLINE: { description: 'Declines the proposal. Its proposer sees it as unanswered.' },
  },
});

@InputType({ description: 'A business goal, and the personal goal to place it in.' })
export class PlaceBusinessGoalInput {
  @IsId()
  @Field(() => ID, { description: 'The ID of the business goal.' })
  businessGoalId!: string;

  @IsId()
  @Field(() => ID, {
    description: 'The ID of the personal goal: the viewer’s own, or one that is open to proposals.',
  })
  personalGoalId!: string;

  @IsOptional()
  @IsText(LONGEST_MARKDOWN)
  @Field(() => Markdown, {
    nullable: true,
    description:
      'How the business goal serves the personal goal, in the words of the person who placed or proposed it. At most 20,000 characters.',
  })
  how?: string | null;
}

@InputType({ description: 'The answer to a proposal.' })
export class AnswerAlignmentInput {
  @IsId()
  @Field(() => ID, { description: 'The ID of the proposed alignment.' })
  id!: string;

  @Field(() => AlignmentAnswer, {
    description: 'Whether to accept or decline. A declined proposal can be accepted later, until it lapses.',
  })
  answer!: AlignmentAnswer;

  @IsOptional()
  @IsText(LONGEST_MARKDOWN)
  @Field(() => Markdown, {
    nullable: true,
    description:
      'How the business goal serves the personal goal, in the owner’s words, when accepting. If omitted, the proposer’s text is kept; null removes it.',
  })
  how?: string | null;
}

@InputType({ description: 'A new text of a placed alignment.' })
export class UpdateAlignmentInput {
  @IsId()
  @Field(() => ID, { description: 'The ID of the alignment, in a personal goal of the viewer.' })
  id!: string;

  @IsOptional()
  @IsText(LONGEST_MARKDOWN)
  @Field(() => Markdown, {
    nullable: true,
    description:
      'The new text, at most 20,000 characters. Null removes it; if it is left out, the text stays.',
  })
  how?: string | null;
}
