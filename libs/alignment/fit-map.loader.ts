import { Injectable } from '@nestjs/common';
import { Database } from '#db';
import { createLoader, type RequestContext } from '#graphql';
import { AccessLog } from '#goals';
import type { AlignmentRow } from './alignment.entity.js';
import { AlignmentRepository } from './alignment.repository.js';
import type { FitMap } from './fit-map.model.js';
import { FitMapRepository, type FitMapKey, type OwnFit } from './fit-map.repository.js';

/** Fit maps. Each load is one statement for every viewer, so that the number of statements tells nothing about hidden rows. */
@Injectable()
export class FitMapLoader {
  constructor(
    private readonly database: Database,
    private readonly alignments: AlignmentRepository,
    private readonly fitMaps: FitMapRepository,
    private readonly accessLog: AccessLog,
  ) {}

  private readonly placementsByKey = createLoader<string, AlignmentRow[]>(async (ctx, keys) => {
    const found = await this.database.read(ctx, (em) =>
      this.alignments.findPlacements(em, ctx.viewer?.personId ?? null, keys.map(asked)),
    );
    return new Map(
      Array.from(found, ([key, all]) => [key, all.map((one) => this.accessLog.reveal(ctx, one, 'LISTED'))]),
    );
  });

  private readonly ownByKey = createLoader<string, OwnFit>((ctx, keys) =>
    this.database.read(ctx, (em) => this.fitMaps.findOwn(em, keys.map(asked))),
  );

  /** Placements in goals that the viewer can see. */
  async placements(ctx: RequestContext, map: FitMap): Promise<AlignmentRow[]> {
    return (await this.placementsByKey(ctx).load(keyOf(map))) ?? [];
  }

  /** The lists that only the person sees; null for others. */
  own(ctx: RequestContext, map: FitMap): Promise<OwnFit | null> {
    return this.ownByKey(ctx).load(keyOf(map));
  }
}

function keyOf({ personId, cycleId }: FitMap): string {
  return cycleId === null ? personId : `${personId} ${cycleId}`;
}

function asked(key: string): FitMapKey {
  const [personId = '', cycleId = null] = key.split(' ');
  return { key, personId, cycleId };
}
