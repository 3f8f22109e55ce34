import { Injectable } from '@nestjs/common';
import { Database } from '#db';
import { createLoader } from '#graphql';
import type { HandoverOfferRow, HandoverRow } from './handover.entity.js';
import { HandoverRepository } from './handover.repository.js';

@Injectable()
export class HandoverLoader {
  constructor(
    private readonly database: Database,
    private readonly handovers: HandoverRepository,
  ) {}

  readonly byId = createLoader<string, HandoverRow>((ctx, ids) =>
    this.database.read(ctx, async (em) => {
      const found = await this.handovers.findByIds(em, ids);
      return new Map(found.map((handover) => [handover.id, handover]));
    }),
  );

  /** By the ID of the handover. */
  readonly offers = createLoader<string, HandoverOfferRow[]>((ctx, ids) =>
    this.database.read(ctx, async (em) =>
      Map.groupBy(await this.handovers.findOffers(em, ids), ({ handoverId }) => handoverId),
    ),
  );
}
