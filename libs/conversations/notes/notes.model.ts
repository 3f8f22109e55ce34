import { createUnionType, Field, ID, Int, ObjectType } from '@nestjs/graphql';
import { editable, EditConflict, Markdown } from '#graphql';
import { ConversationPayload } from '../agenda/conversation.model.js';

@ObjectType({
  description: 'The document of a conversation that both participants write. Its history is kept.',
})
export class SharedNotes {
  @Field(() => ID, { description: 'A globally unique, opaque identifier.' })
  id!: string;

  @Field(() => Markdown, { description: 'The text. Empty until somebody writes.' })
  text!: string;

  @Field(() => Int, {
    description:
      'Incremented on every change, 0 before the first. Pass the version you last read when writing; an outdated one returns `EditConflict`.',
  })
  version!: number;

  @Field(() => Date, {
    nullable: true,
    description: 'When the text was last changed. Null until somebody writes.',
  })
  updatedAt!: Date | null;

  /** Resolved to `updatedBy`. */
  updatedById!: string | null;
}
editable(SharedNotes);

@ObjectType({
  description:
    'The viewer’s own notes on a conversation. Nobody else can read them through this service. The law may give the other participant a right to ask for notes about them, and an operator of the database can technically read them.',
})
export class PrivateNotes {
  @Field(() => Markdown, { description: 'The text. Empty once the viewer removed it.' })
  text!: string;

  @Field(() => Int, {
    description:
      'Incremented on every change. Pass the version you last read when writing; an outdated one returns `EditConflict`.',
  })
  version!: number;

  @Field(() => Date, { nullable: true, description: 'When the text was last changed.' })
  updatedAt!: Date | null;
}
editable(PrivateNotes);

@ObjectType({ description: 'The result of writing shared notes.' })
export class SharedNotesPayload {
  readonly __typename?: 'SharedNotesPayload';

  @Field(() => SharedNotes, { description: 'The shared notes after the change.' })
  sharedNotes!: SharedNotes;
}

export const WriteSharedNotesResult = createUnionType({
  name: 'WriteSharedNotesResult',
  description: 'The written notes, or a conflict with a change made since the given version.',
  types: () => [SharedNotesPayload, EditConflict] as const,
  resolveType: (value: { __typename?: string }) => value.__typename,
});

export const WritePrivateNotesResult = createUnionType({
  name: 'WritePrivateNotesResult',
  description:
    'The conversation with the written notes, or a conflict with a change that the viewer made elsewhere since the given version.',
  types: () => [ConversationPayload, EditConflict] as const,
  resolveType: (value: { __typename?: string }) => value.__typename,
});
