import { Injectable } from '@nestjs/common';
import { Database } from '#db';
import { createLoader, createPageLoader } from '#graphql';
import type { MandateRow } from './mandate.entity.js';
import { MandateRepository } from './mandate.repository.js';

@Injectable()
export class MandateLoader {
  constructor(
    private readonly database: Database,
    private readonly mandates: MandateRepository,
  ) {}

  /** The viewer's own, and published ones. */
  readonly byId = createLoader<string, MandateRow>((ctx, ids) =>
    this.database.read(ctx, async (em) => {
      const found = await this.mandates.findByIds(em, ids);
      return new Map(found.map((mandate) => [mandate.id, mandate]));
    }),
  );

  /** A page by the ID of the one-to-one, newest first. */
  readonly byOneToOne = createPageLoader<MandateRow>((ctx, oneToOneIds, page) =>
    this.database.read(ctx, (em) => this.mandates.findPagesByOneToOnes(em, oneToOneIds, page)),
  );

  /** A page of published ones by the ID of the person who may decide. */
  readonly publishedByPerson = createPageLoader<MandateRow>((ctx, personIds, page) =>
    this.database.read(ctx, (em) => this.mandates.findPublishedPages(em, personIds, page)),
  );
}
