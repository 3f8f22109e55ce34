import { Context, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { derivedId, notFound, RequestContext, ResolveId } from '#graphql';
import { Person, PersonLoader, type PersonRow } from '#people';
import type { ConversationRow } from '../agenda/conversation.entity.js';
import { Conversation } from '../agenda/conversation.model.js';
import { NotesLoader } from './notes.loader.js';
import { PrivateNotes, SharedNotes } from './notes.model.js';
import type { PrivateNotesRow } from './private-notes.entity.js';
import type { SharedNotesRow } from './shared-notes.entity.js';
import { TextVersion, type TextVersionRow } from './text-version.model.js';

@Resolver(() => Conversation)
export class ConversationNotesResolver {
  constructor(private readonly loader: NotesLoader) {}

  @ResolveField(() => SharedNotes, { description: 'The document that both participants write.' })
  async sharedNotes(
    @Parent() conversation: ConversationRow,
    @Context() ctx: RequestContext,
  ): Promise<SharedNotesRow> {
    const notes = await this.loader.shared(ctx).load(conversation.id);
    // Every conversation has shared notes, so it was deleted since it was read.
    if (!notes) throw notFound();
    return notes;
  }

  @ResolveField(() => PrivateNotes, {
    nullable: true,
    description: 'The viewer’s own notes. Null until the viewer writes some.',
  })
  privateNotes(
    @Parent() conversation: ConversationRow,
    @Context() ctx: RequestContext,
  ): Promise<PrivateNotesRow | null> {
    return this.loader.private(ctx).load(conversation.id);
  }
}

@Resolver(() => PrivateNotes)
export class PrivateNotesResolver {
  @ResolveId()
  id(@Parent() { conversationId, authorId }: PrivateNotesRow): string {
    return derivedId('PrivateNotes', conversationId, authorId);
  }
}

@Resolver(() => SharedNotes)
export class SharedNotesResolver {
  constructor(
    private readonly loader: NotesLoader,
    private readonly people: PersonLoader,
  ) {}

  @ResolveField(() => Person, {
    nullable: true,
    description: 'The participant who last changed the text. Null until somebody writes.',
  })
  updatedBy(
    @Parent() notes: SharedNotesRow,
    @Context() ctx: RequestContext,
  ): Promise<PersonRow | null> | null {
    return notes.updatedById === null ? null : this.people.byId(ctx).load(notes.updatedById);
  }

  @ResolveField(() => [TextVersion], { description: 'The versions of the text, newest first.' })
  async history(@Parent() notes: SharedNotesRow, @Context() ctx: RequestContext): Promise<TextVersionRow[]> {
    return (await this.loader.history(ctx).load(notes.id)) ?? [];
  }
}

@Resolver(() => TextVersion)
export class TextVersionResolver {
  constructor(private readonly people: PersonLoader) {}

  @ResolveId()
  id(@Parent() { textId, version }: TextVersionRow): string {
    return derivedId('TextVersion', textId, version);
  }

  @ResolveField(() => Person, { description: 'Who wrote this version.' })
  author(@Parent() version: TextVersionRow, @Context() ctx: RequestContext): Promise<PersonRow | null> {
    return this.people.byId(ctx).load(version.authorId);
  }
}
