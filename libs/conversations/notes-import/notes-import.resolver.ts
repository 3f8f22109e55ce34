import { Args, Context, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import type { PersonContext } from '#db';
import { CurrentContext, DeleteInput, DeletePayload, RequestContext } from '#graphql';
import { Person, PersonLoader, type PersonRow } from '#people';
import type { ConversationRow } from '../agenda/conversation.entity.js';
import { Conversation } from '../agenda/conversation.model.js';
import type { OneToOneRow } from '../pairs/one-to-one.entity.js';
import { OneToOneLoader } from '../pairs/one-to-one.loader.js';
import { OneToOne } from '../pairs/one-to-one.model.js';
import { OneToOnePayload } from '../pairs/one-to-one.payloads.js';
import type { NotesImportRow, NotesImportSectionRow } from './notes-import.entity.js';
import {
  AcceptNotesImportInput,
  ImportConversationNotesInput,
  PreviewConversationNotesArgs,
  UndoNotesImportInput,
} from './notes-import.inputs.js';
import { NotesImportLoader } from './notes-import.loader.js';
import { ConversationNotesPreview, ImportedNotes, NotesImport } from './notes-import.model.js';
import { NotesImportService } from './notes-import.service.js';

@Resolver(() => NotesImport)
export class NotesImportFieldsResolver {
  constructor(
    private readonly loader: NotesImportLoader,
    private readonly people: PersonLoader,
    private readonly oneToOnes: OneToOneLoader,
  ) {}

  @ResolveField(() => Person, { description: 'The participant who proposed it.' })
  proposedBy(
    @Parent() { proposedById }: NotesImportRow,
    @Context() ctx: RequestContext,
  ): Promise<PersonRow | null> {
    return this.people.byId(ctx).load(proposedById);
  }

  @ResolveField(() => OneToOne, { description: 'The one-to-one that it belongs to.' })
  oneToOne(
    @Parent() { oneToOneId }: NotesImportRow,
    @Context() ctx: RequestContext,
  ): Promise<OneToOneRow | null> {
    return this.oneToOnes.byId(ctx).load(oneToOneId);
  }

  @ResolveField(() => [ImportedNotes], {
    description: 'The notes that are proposed, latest first. Empty once it is accepted.',
  })
  async proposedNotes(
    @Parent() { id }: NotesImportRow,
    @Context() ctx: RequestContext,
  ): Promise<NotesImportSectionRow[]> {
    return (await this.loader.sections(ctx).load(id)) ?? [];
  }

  @ResolveField(() => [Conversation], {
    description: 'The past conversations that it created, latest first. Empty until it is accepted.',
  })
  async conversations(
    @Parent() { id }: NotesImportRow,
    @Context() ctx: RequestContext,
  ): Promise<ConversationRow[]> {
    return (await this.loader.created(ctx).load(id)) ?? [];
  }
}

@Resolver(() => OneToOne)
export class OneToOneNotesImportsResolver {
  constructor(private readonly loader: NotesImportLoader) {}

  @ResolveField(() => [NotesImport], {
    description:
      'The proposed import of notes that waits for an answer, and those accepted in the last 7 days, which can be undone. Latest first.',
  })
  async notesImports(@Parent() pair: OneToOneRow, @Context() ctx: RequestContext): Promise<NotesImportRow[]> {
    return (await this.loader.current(ctx).load(pair.id)) ?? [];
  }
}

@Resolver(() => NotesImport)
export class NotesImportMutationsResolver {
  constructor(private readonly service: NotesImportService) {}

  @Query(() => ConversationNotesPreview, {
    nullable: true,
    description:
      'Shows which past conversations `importConversationNotes` would create of a document. Nothing is saved. A document that cannot be read without guessing is BAD_USER_INPUT, with every such place and its line.',
  })
  previewConversationNotes(
    @CurrentContext() ctx: PersonContext,
    @Args() args: PreviewConversationNotesArgs,
  ): Promise<ConversationNotesPreview> {
    return this.service.preview(ctx, args);
  }

  @Mutation(() => OneToOnePayload, {
    description:
      'Proposes a document from before, such as a shared document of notes, as notes of past conversations of a one-to-one. Both participants can see the proposal in `OneToOne.notesImports`; it takes effect when the other accepts it. A document that cannot be read without guessing is BAD_USER_INPUT, with every such place and its line.',
  })
  async importConversationNotes(
    @CurrentContext() ctx: PersonContext,
    @Args('input', { description: 'The document to propose.' }) input: ImportConversationNotesInput,
  ): Promise<OneToOnePayload> {
    return { oneToOne: await this.service.propose(ctx, input) };
  }

  @Mutation(() => OneToOnePayload, {
    description:
      'Accepts an import of notes that the other participant proposed. Creates a past conversation for each date, held at noon in the time zone of the one-to-one, with its shared notes. Either participant can undo it for 7 days.',
  })
  async acceptNotesImport(
    @CurrentContext() ctx: PersonContext,
    @Args('input', { description: 'The import to accept.' }) { id }: AcceptNotesImportInput,
  ): Promise<OneToOnePayload> {
    return { oneToOne: await this.service.accept(ctx, id) };
  }

  @Mutation(() => DeletePayload, {
    description:
      'Withdraws the viewer’s own proposal of an import of notes, or declines the other participant’s.',
  })
  async deleteNotesImport(
    @CurrentContext() ctx: PersonContext,
    @Args('input', { description: 'The import to withdraw or decline.' }) { id }: DeleteInput,
  ): Promise<DeletePayload> {
    await this.service.delete(ctx, id);
    return { deletedId: id };
  }

  @Mutation(() => OneToOnePayload, {
    description:
      'Undoes an import of notes within 7 days of accepting it. Either participant can. Deletes the conversations that it created; those whose shared notes were changed since, or in which an action item was made, stay.',
  })
  async undoNotesImport(
    @CurrentContext() ctx: PersonContext,
    @Args('input', { description: 'The import to undo.' }) { id }: UndoNotesImportInput,
  ): Promise<OneToOnePayload> {
    return { oneToOne: await this.service.undo(ctx, id) };
  }
}
