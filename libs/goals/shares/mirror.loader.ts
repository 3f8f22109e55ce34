import { Injectable } from '@nestjs/common';
import { Database } from '#db';
import { createLoader, derivedId } from '#graphql';
import type { Mirror } from './mirror.model.js';
import { MirrorRepository } from './mirror.repository.js';

@Injectable()
export class MirrorLoader {
  constructor(
    private readonly database: Database,
    private readonly mirrors: MirrorRepository,
  ) {}

  /** Whether the viewer and a person share with each other, by person. */
  readonly byPerson = createLoader<string, Mirror>(async (ctx, personIds) => {
    const viewerId = ctx.viewer?.personId ?? null;
    const found = await this.database.read(ctx, (em) => this.mirrors.findByPeople(em, viewerId, personIds));
    return new Map(
      Array.from(found, ([personId, mirror]) => [
        personId,
        {
          ...mirror,
          get id() {
            return derivedId('Mirror', viewerId ?? '', personId);
          },
        },
      ]),
    );
  });
}
