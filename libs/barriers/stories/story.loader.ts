import { Injectable } from '@nestjs/common';
import { Database } from '#db';
import { createLoader, createPageLoader } from '#graphql';
import type { StoryRow } from './story.entity.js';
import { StoryRepository } from './story.repository.js';

@Injectable()
export class StoryLoader {
  constructor(
    private readonly database: Database,
    private readonly stories: StoryRepository,
  ) {}

  readonly byId = createLoader<string, StoryRow>((ctx, ids) =>
    this.database.read(ctx, async (em) => {
      const found = await this.stories.findByIds(em, ids);
      return new Map(found.map((story) => [story.id, story]));
    }),
  );

  /** The stories of each barrier, newest first. */
  readonly ofBarrier = createPageLoader<StoryRow>((ctx, barrierIds, page) =>
    this.database.read(ctx, (em) => this.stories.findPagesByBarriers(em, barrierIds, page)),
  );

  /** How many people adopted each story; null below the minimum group. */
  readonly adopters = createLoader<string, number>((ctx, ids) =>
    this.database.read(ctx, (em) => this.stories.countAdopters(em, ids)),
  );

  /** True for a story that the viewer adopted, otherwise null. */
  readonly viewerAdopted = createLoader<string, true>((ctx, ids) =>
    this.database.read(ctx, (em) => this.stories.findAdopted(em, ids)),
  );
}
