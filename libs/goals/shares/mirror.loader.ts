import { Injectable } from '@nestjs/common';
import { Database } from '#db';
import { createLoader } from '#graphql';
import type { Mirror } from './mirror.model.js';
import { MirrorRepository } from './mirror.repository.js';

@Injectable()
export class MirrorLoader {
  constructor(
    private readonly database: Database,
    private readonly mirrors: MirrorRepository,
  ) {}

  /** Whether the viewer and a person share with each other, by person. */
  readonly byPerson = createLoader<string, Mirror>((ctx, personIds) =>
    this.database.read(ctx, (em) => this.mirrors.findByPeople(em, ctx.viewer?.personId ?? null, personIds)),
  );
}
