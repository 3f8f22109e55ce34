import { Field, ID, InputType, Int } from '@nestjs/graphql';
import { IsInt } from 'class-validator';
import { IsId, IsPossiblyEmptyText, LONGEST_MARKDOWN, Markdown } from '#graphql';

@InputType({ description: 'The new text of the shared notes of a conversation.' })
export class WriteSharedNotesInput {
  @IsId()
  @Field(() => ID, { description: 'The ID of the conversation.' })
  conversationId!: string;

  @IsInt()
  @Field(() => Int, { description: 'The version that the text is based on. 0 for the first text.' })
  version!: number;

  @IsPossiblyEmptyText(LONGEST_MARKDOWN)
  @Field(() => Markdown, { description: 'The whole text. At most 20,000 characters; can be empty.' })
  text!: string;
}

@InputType({ description: 'The new text of the viewer’s private notes on a conversation.' })
export class WritePrivateNotesInput {
  @IsId()
  @Field(() => ID, { description: 'The ID of the conversation.' })
  conversationId!: string;

  @IsInt()
  @Field(() => Int, {
    description: 'The version that the text is based on. 0 while `Conversation.privateNotes` is null.',
  })
  version!: number;

  @IsPossiblyEmptyText(Infinity)
  @Field(() => String, {
    description:
      'The whole text, in CommonMark; can be empty. At most 20,000 characters. If reopening a conversation merged the notes of two conversations into a longer text, at most the length of that text.',
  })
  text!: string;
}
