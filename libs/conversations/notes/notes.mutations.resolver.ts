import { Args, Mutation, Resolver } from '@nestjs/graphql';
import type { PersonContext } from '#db';
import { CurrentContext, type EditConflict } from '#graphql';
import { Conversation, type ConversationPayload } from '../agenda/conversation.model.js';
import { WritePrivateNotesInput, WriteSharedNotesInput } from './notes.inputs.js';
import { WritePrivateNotesResult, WriteSharedNotesResult, type SharedNotesPayload } from './notes.model.js';
import { NotesService } from './notes.service.js';

@Resolver(() => Conversation)
export class NotesMutationsResolver {
  constructor(private readonly service: NotesService) {}

  @Mutation(() => WriteSharedNotesResult, {
    description: 'Replaces the text of the shared notes of a conversation. Either participant can.',
  })
  writeSharedNotes(
    @CurrentContext() ctx: PersonContext,
    @Args('input', { description: 'The text, and the version that it is based on.' })
    input: WriteSharedNotesInput,
  ): Promise<SharedNotesPayload | EditConflict> {
    return this.service.writeShared(ctx, input);
  }

  @Mutation(() => WritePrivateNotesResult, {
    description: 'Replaces the text of the viewer’s private notes on a conversation.',
  })
  writePrivateNotes(
    @CurrentContext() ctx: PersonContext,
    @Args('input', { description: 'The text, and the version that it is based on.' })
    input: WritePrivateNotesInput,
  ): Promise<ConversationPayload | EditConflict> {
    return this.service.writePrivate(ctx, input);
  }
}
