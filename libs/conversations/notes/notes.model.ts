import { createUnionType, Field, ID, InputType, Int, ObjectType } from '@nestjs/graphql';
import { IsOptional } from 'class-validator';
import { editable, EditConflict, IsId, IsPossiblyEmptyText, LONGEST_MARKDOWN, Markdown } from '#graphql';

@ObjectType({ description: 'The one document of a conversation that both write; its history is kept.' })
export class SharedNotes {
  @Field(() => ID, { description: 'Its id, the same for ever.' })
  id!: string;

  @Field(() => Markdown, { description: 'What it says; empty until somebody writes.' })
  text!: string;

  @Field(() => Int, {
    description: '0 until somebody writes; rises with every save. A save names the version that it saw.',
  })
  version!: number;

  @Field(() => Date, { nullable: true, description: 'When it was last saved.' })
  updatedAt!: Date | null;

  /** Resolved to `updatedBy`. */
  updatedById!: string | null;
}
editable(SharedNotes);

@InputType({ description: 'The whole of the shared notes, as they are to be.' })
export class WriteSharedNotesInput {
  @IsId()
  @Field(() => ID, { description: 'The conversation.' })
  conversationId!: string;

  @Field(() => Int, { description: 'The version that this is an edit of.' })
  version!: number;

  @IsPossiblyEmptyText(LONGEST_MARKDOWN)
  @Field(() => Markdown, { description: 'What they are to say.' })
  text!: string;
}

@InputType({ description: 'The whole of the viewer’s private notes, as they are to be.' })
export class WritePrivateNotesInput {
  @IsId()
  @Field(() => ID, { description: 'The conversation.' })
  conversationId!: string;

  @IsPossiblyEmptyText(Infinity)
  @Field(() => String, {
    description:
      'What they are to say, in CommonMark; empty for none. At most 20,000 characters or, where notes of two conversations were joined, as many as they are.',
  })
  text!: string;

  @IsOptional()
  @IsPossiblyEmptyText(Infinity)
  @Field(() => String, {
    nullable: true,
    description:
      'What they said when this edit began (empty for none): CONFLICT where they say something else by now. Without it, whatever they say is replaced.',
  })
  seenText?: string | null;
}

@ObjectType({ description: 'The shared notes that were written.' })
export class SharedNotesPayload {
  readonly __typename?: 'SharedNotesPayload';

  @Field(() => SharedNotes, { description: 'They, as they are now.' })
  sharedNotes!: SharedNotes;
}

export const WriteSharedNotesResult = createUnionType({
  name: 'WriteSharedNotesResult',
  description: 'What became of writing shared notes.',
  types: () => [SharedNotesPayload, EditConflict] as const,
  resolveType: (value: { __typename?: string }) => value.__typename,
});
