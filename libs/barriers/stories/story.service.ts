import { Injectable } from '@nestjs/common';
import { Database, isForeignKeyViolation, type PersonContext } from '#db';
import {
  conflict,
  notFound,
  notPermitted,
  type DeleteInput,
  type DeletePayload,
  type Page,
  type PageArguments,
  type PersonRequest,
} from '#graphql';
import { BarrierRepository } from '../barriers/barrier.repository.js';
import type { StoryRow } from './story.entity.js';
import type { NameStoryAuthorInput, TellStoryInput } from './story.inputs.js';
import { StoryLoader } from './story.loader.js';
import type { StoryPayload } from './story.model.js';
import { StoryRepository } from './story.repository.js';

const NO_STORY = 'No story with this ID exists in your organization.';

/** Stories of barriers that were removed, and of trials that were kept. */
@Injectable()
export class StoryService {
  constructor(
    private readonly database: Database,
    private readonly stories: StoryRepository,
    private readonly barriers: BarrierRepository,
    private readonly loader: StoryLoader,
  ) {}

  page(ctx: PersonContext, page: PageArguments): Promise<Page<StoryRow>> {
    return this.database.read(ctx, (em) => this.stories.findPage(em, ctx.viewer.organizationId, page));
  }

  /** @throws NOT_FOUND for an unknown barrier; CONFLICT for one that was neither removed nor had a trial kept */
  async tell(ctx: PersonRequest, { barrierId, text, withName }: TellStoryInput): Promise<StoryPayload> {
    const { organizationId } = ctx.viewer;
    const id = await this.database.write(ctx, async (em) => {
      const barrier = await this.barriers.findById(em, barrierId);
      if (!barrier) throw notFound('No barrier with this ID exists in your organization.');
      if (!barrier.canHaveStories) {
        throw conflict('A barrier can have stories once it was removed or its trial was kept.');
      }
      const added = await this.stories.insert(em, { organizationId, barrierId, text });
      if (withName) await this.stories.setNamed(em, added, true);
      return added;
    });
    return this.payload(ctx, id);
  }

  /** @throws NOT_FOUND; NOT_PERMITTED for a story of somebody else */
  async nameAuthor(ctx: PersonRequest, { id, withName }: NameStoryAuthorInput): Promise<StoryPayload> {
    await this.database.write(ctx, async (em) => {
      const story = await this.stories.findById(em, id);
      if (!story) throw notFound(NO_STORY);
      if (!(await this.stories.setNamed(em, id, withName))) {
        throw notPermitted('Only the author of a story decides whether they are named.');
      }
    });
    return this.payload(ctx, id);
  }

  /** @throws NOT_FOUND; NOT_PERMITTED for a story of somebody else */
  async delete(ctx: PersonRequest, { id }: DeleteInput): Promise<DeletePayload> {
    await this.database.write(ctx, async (em) => {
      if (await this.stories.delete(em, id)) return;
      throw (await this.stories.findById(em, id))
        ? notPermitted('Only the author of a story can delete it.')
        : notFound(NO_STORY);
    });
    return { deletedId: id };
  }

  /** Does nothing where the viewer adopted it already. @throws NOT_FOUND; NOT_PERMITTED for a story of the viewer */
  async adopt(ctx: PersonRequest, id: string): Promise<StoryPayload> {
    await this.database.write(ctx, async (em) => {
      const story = await this.stories.findById(em, id);
      if (!story) throw notFound(NO_STORY);
      if (story.authorId === ctx.viewer.personId) {
        throw notPermitted('You are the author of this story. Others can adopt it.');
      }
      await this.stories.addAdoption(em, id, ctx.viewer).catch((error: unknown) => {
        throw isForeignKeyViolation(error) ? notFound(NO_STORY) : error;
      });
    });
    return this.payload(ctx, id);
  }

  /** Does nothing where the viewer has not adopted it. @throws NOT_FOUND */
  async unadopt(ctx: PersonRequest, id: string): Promise<StoryPayload> {
    await this.database.write(ctx, async (em) => {
      if (!(await this.stories.findById(em, id))) throw notFound(NO_STORY);
      await this.stories.removeAdoption(em, id, ctx.viewer.personId);
    });
    return this.payload(ctx, id);
  }

  private async payload(ctx: PersonRequest, id: string): Promise<StoryPayload> {
    const story = await this.loader.byId(ctx).load(id);
    if (!story) throw notFound(NO_STORY);
    return { story };
  }
}
