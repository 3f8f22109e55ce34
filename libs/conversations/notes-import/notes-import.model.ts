import { Field, ObjectType } from '@nestjs/graphql';
import { CalendarDate, Markdown, NodeModel } from '#graphql';

@ObjectType({ description: 'The notes of a past conversation, as they are read from a document.' })
export class ImportedNotes {
  @Field(() => CalendarDate, { description: 'The day of the conversation, from the heading.' })
  heldOn!: string;

  @Field(() => Markdown, {
    description: 'The notes. They begin with what the heading says besides the date. Can be empty.',
  })
  text!: string;
}

@ObjectType({ description: 'What an import of a document would create.' })
export class ConversationNotesPreview {
  @Field(() => [ImportedNotes], { description: 'The conversations that it would create, latest first.' })
  conversations!: ImportedNotes[];

  @Field(() => Markdown, {
    description:
      'The parts of the document that belong to no date, for example before the first one. They are not imported. Empty if there are none.',
  })
  leftOut!: string;
}

@ObjectType({
  implements: () => [NodeModel],
  description:
    'A document from before that one participant of a one-to-one proposes to take over as notes of past conversations. It takes effect when the other accepts it. Both can see it. Without an answer it lapses after 30 days.',
})
export class NotesImport extends NodeModel {
  @Field(() => Date, { description: 'When it was proposed.' })
  proposedAt!: Date;

  @Field(() => Date, {
    nullable: true,
    description: 'When the other participant accepted it. Null until then.',
  })
  acceptedAt!: Date | null;

  @Field(() => Date, {
    nullable: true,
    description:
      'Until when either participant can undo it. Null until it is accepted, and when it can no longer be undone.',
  })
  undoableUntil!: Date | null;

  /** Resolved to `proposedBy` and `oneToOne`. */
  proposedById!: string;
  oneToOneId!: string;
}
