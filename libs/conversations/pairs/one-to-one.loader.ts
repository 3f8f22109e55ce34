import { Injectable } from '@nestjs/common';
import { Database } from '#db';
import { createLoader, type Loader, type RequestContext } from '#graphql';
import type { OneToOneRow } from './one-to-one.entity.js';
import { OneToOneRepository } from './one-to-one.repository.js';

/** The viewer's one-to-ones. */
@Injectable()
export class OneToOneLoader {
  /** Null unless the viewer is a participant. */
  readonly byId: (ctx: RequestContext) => Loader<string, OneToOneRow>;
  /** The viewer's one-to-one with this person: the one that has not ended, or the latest. */
  readonly byCounterpart: (ctx: RequestContext) => Loader<string, OneToOneRow>;

  constructor(database: Database, oneToOnes: OneToOneRepository) {
    this.byId = createLoader<string, OneToOneRow>((ctx, ids) =>
      database.read(ctx, async (em) => {
        const found = await oneToOnes.findByIds(em, ctx.viewer?.personId ?? null, ids);
        return new Map(found.map((row) => [row.id, row]));
      }),
    );
    this.byCounterpart = createLoader<string, OneToOneRow>(async (ctx, personIds) => {
      const viewerId = ctx.viewer?.personId ?? null;
      if (viewerId === null) return new Map<string, OneToOneRow>();
      const found = await database.read(ctx, (em) => oneToOnes.findByCounterparts(em, viewerId, personIds));
      // A conversation that leads back to its one-to-one does not read it again.
      for (const row of found) this.byId(ctx).prime(row.id, row);
      return new Map(found.map((row) => [row.counterpartId, row]));
    });
  }
}
