import { Args, Context, Int, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import type { PersonContext } from '#db';
import {
  CurrentContext,
  DeleteInput,
  DeletePayload,
  PageArgs,
  RequestContext,
  type Page,
  type PersonRequest,
} from '#graphql';
import { Person, PersonLoader, type PersonRow } from '#people';
import type { BarrierRow } from '../barriers/barrier.entity.js';
import { BarrierLoader } from '../barriers/barrier.loader.js';
import { Barrier } from '../barriers/barrier.model.js';
import type { StoryRow } from './story.entity.js';
import { AdoptStoryInput, NameStoryAuthorInput, TellStoryInput, UnadoptStoryInput } from './story.inputs.js';
import { StoryLoader } from './story.loader.js';
import { Story, StoryConnection, StoryPayload } from './story.model.js';
import { StoryService } from './story.service.js';

@Resolver(() => Story)
export class StoryResolver {
  constructor(private readonly service: StoryService) {}

  @Query(() => StoryConnection, {
    nullable: true,
    description:
      "The organization's stories, by the day on which they were added, newest first; in no order within a day.",
  })
  stories(@CurrentContext() ctx: PersonContext, @Args() page: PageArgs): Promise<Page<StoryRow>> {
    return this.service.page(ctx, page);
  }

  @Mutation(() => StoryPayload, {
    description: 'Tells the story of a barrier that was removed, or of a trial that was kept.',
  })
  tellStory(
    @CurrentContext() ctx: PersonRequest,
    @Args('input', { description: 'The story.' }) input: TellStoryInput,
  ): Promise<StoryPayload> {
    return this.service.tell(ctx, input);
  }

  @Mutation(() => StoryPayload, {
    description: 'Sets whether everybody sees who tells a story. Only its author can.',
  })
  nameStoryAuthor(
    @CurrentContext() ctx: PersonRequest,
    @Args('input', { description: 'The story and the choice.' }) input: NameStoryAuthorInput,
  ): Promise<StoryPayload> {
    return this.service.nameAuthor(ctx, input);
  }

  @Mutation(() => DeletePayload, {
    description: 'Deletes a story, with the adoptions of it. Only its author can, named or not.',
  })
  deleteStory(
    @CurrentContext() ctx: PersonRequest,
    @Args('input', { description: 'The story to delete.' }) input: DeleteInput,
  ): Promise<DeletePayload> {
    return this.service.delete(ctx, input);
  }

  @Mutation(() => StoryPayload, {
    description:
      'Adopts a story: we do this too. Nobody sees who adopts it, and their number only from the minimum group size up. The author cannot.',
  })
  adoptStory(
    @CurrentContext() ctx: PersonRequest,
    @Args('input', { description: 'The story.' }) input: AdoptStoryInput,
  ): Promise<StoryPayload> {
    return this.service.adopt(ctx, input.id);
  }

  @Mutation(() => StoryPayload, { description: "Removes the viewer's adoption of a story." })
  unadoptStory(
    @CurrentContext() ctx: PersonRequest,
    @Args('input', { description: 'The story.' }) input: UnadoptStoryInput,
  ): Promise<StoryPayload> {
    return this.service.unadopt(ctx, input.id);
  }
}

@Resolver(() => Story)
export class StoryFieldsResolver {
  constructor(
    private readonly loader: StoryLoader,
    private readonly barriers: BarrierLoader,
    private readonly people: PersonLoader,
  ) {}

  @ResolveField(() => Barrier, { description: 'The barrier that it is about.' })
  barrier(@Parent() story: StoryRow, @Context() ctx: RequestContext): Promise<BarrierRow | null> {
    return this.barriers.byId(ctx).load(story.barrierId);
  }

  @ResolveField(() => Person, {
    nullable: true,
    description: 'The author, if they want to be named; otherwise null, also to the author.',
  })
  author(@Parent() story: StoryRow, @Context() ctx: RequestContext): Promise<PersonRow | null> | null {
    return story.authorId === null || story.named !== true
      ? null
      : this.people.byId(ctx).load(story.authorId);
  }

  @ResolveField(() => Boolean, { description: 'Whether the viewer is its author.' })
  viewerIsAuthor(@Parent() story: StoryRow, @Context() ctx: RequestContext): boolean {
    return story.authorId !== null && story.authorId === ctx.viewer?.personId;
  }

  @ResolveField(() => Int, {
    nullable: true,
    description:
      'How many people adopted it, including people who have left. Null below the minimum group size of the organization.',
  })
  adopters(@Parent() story: StoryRow, @Context() ctx: RequestContext): Promise<number | null> {
    return this.loader.adopters(ctx).load(story.id);
  }

  @ResolveField(() => Boolean, { description: 'Whether the viewer adopted it.' })
  async viewerAdopted(@Parent() story: StoryRow, @Context() ctx: RequestContext): Promise<boolean> {
    return (await this.loader.viewerAdopted(ctx).load(story.id)) ?? false;
  }
}

@Resolver(() => Barrier)
export class BarrierStoriesResolver {
  constructor(private readonly loader: StoryLoader) {}

  @ResolveField(() => StoryConnection, { description: 'The stories about the barrier, newest first.' })
  stories(
    @Parent() barrier: BarrierRow,
    @Args() page: PageArgs,
    @Context() ctx: RequestContext,
  ): Promise<Page<StoryRow>> {
    return this.loader.ofBarrier(ctx, page).load(barrier.id);
  }
}
