import { Injectable } from '@nestjs/common';
import { Database } from '#db';
import { createLoader } from '#graphql';
import type { ErasureRow } from './erasure.entity.js';
import { ErasureRepository } from './erasure.repository.js';

@Injectable()
export class ErasureLoader {
  constructor(
    private readonly database: Database,
    private readonly erasures: ErasureRepository,
  ) {}

  /** The viewer's own, while it is pending. */
  readonly byId = createLoader<string, ErasureRow>((ctx, ids) =>
    this.database.read(ctx, async (em) => {
      const found = await this.erasures.findByIds(em, ids);
      return new Map(found.map((one) => [one.id, one]));
    }),
  );
}
