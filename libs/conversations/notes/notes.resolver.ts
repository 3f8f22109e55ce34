import { Args, Context, Mutation, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import type { PersonContext } from '#db';
import { CurrentContext, type EditConflict, Markdown, notFound, RequestContext } from '#graphql';
import { Person, PersonLoader, type PersonRow } from '#people';
import type { ConversationRow } from '../agenda/conversation.entity.js';
import { Conversation, ConversationPayload } from '../agenda/conversation.model.js';
import { NotesLoader } from './notes.loader.js';
import {
  SharedNotes,
  SharedNotesPayload,
  WritePrivateNotesInput,
  WriteSharedNotesInput,
  WriteSharedNotesResult,
} from './notes.model.js';
import { NotesService } from './notes.service.js';
import type { SharedNotesRow } from './shared-notes.entity.js';
import { TextVersion, type TextVersionRow } from './text-version.model.js';

@Resolver(() => Conversation)
export class ConversationNotesResolver {
  constructor(
    private readonly service: NotesService,
    private readonly loader: NotesLoader,
  ) {}

  @ResolveField(() => SharedNotes, { description: 'What the two write together.' })
  async sharedNotes(
    @Parent() conversation: ConversationRow,
    @Context() ctx: RequestContext,
  ): Promise<SharedNotesRow> {
    const notes = await this.loader.shared(ctx).load(conversation.id);
    // Every conversation has them: it has gone since it was read.
    if (!notes) throw notFound();
    return notes;
  }

  @ResolveField(() => Markdown, {
    nullable: true,
    description:
      'The viewer’s own notes. Nobody else reads them through this service; the law may give the other person a right to ask for notes about them, and whoever runs the database could technically get at them.',
  })
  privateNotes(
    @Parent() conversation: ConversationRow,
    @Context() ctx: RequestContext,
  ): Promise<string | null> {
    return this.loader.private(ctx).load(conversation.id);
  }

  @Mutation(() => WriteSharedNotesResult, {
    description:
      'Save the shared notes. A save of a version that is no longer the present one gets the present notes.',
  })
  writeSharedNotes(
    @CurrentContext() ctx: PersonContext,
    @Args('input', { description: 'Which version, and the text.' }) input: WriteSharedNotesInput,
  ): Promise<SharedNotesPayload | EditConflict> {
    return this.service.writeShared(ctx, input);
  }

  @Mutation(() => ConversationPayload, { description: 'Save one’s private notes.' })
  async writePrivateNotes(
    @CurrentContext() ctx: PersonContext,
    @Args('input', { description: 'Of which conversation, and the text.' }) input: WritePrivateNotesInput,
  ): Promise<ConversationPayload> {
    return { conversation: await this.service.writePrivate(ctx, input) };
  }
}

@Resolver(() => SharedNotes)
export class SharedNotesResolver {
  constructor(
    private readonly loader: NotesLoader,
    private readonly people: PersonLoader,
  ) {}

  @ResolveField(() => Person, { nullable: true, description: 'Who last saved them.' })
  updatedBy(
    @Parent() notes: SharedNotesRow,
    @Context() ctx: RequestContext,
  ): Promise<PersonRow | null> | null {
    return notes.updatedById === null ? null : this.people.byId(ctx).load(notes.updatedById);
  }

  @ResolveField(() => [TextVersion], { description: 'What they said over time, newest first.' })
  async history(@Parent() notes: SharedNotesRow, @Context() ctx: RequestContext): Promise<TextVersionRow[]> {
    return (await this.loader.history(ctx).load(notes.id)) ?? [];
  }
}

@Resolver(() => TextVersion)
export class TextVersionResolver {
  constructor(private readonly people: PersonLoader) {}

  @ResolveField(() => Person, { description: 'Whose words.' })
  author(@Parent() version: TextVersionRow, @Context() ctx: RequestContext): Promise<PersonRow | null> {
    return this.people.byId(ctx).load(version.authorId);
  }
}
