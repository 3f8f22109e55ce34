import { Injectable } from '@nestjs/common';
import { Database } from '#db';
import { createLoader, createPageLoader } from '#graphql';
import type { BarrierAnswerRow } from './barrier-answer.entity.js';
import { BarrierAnswerRepository } from './barrier-answer.repository.js';
import type { BarrierRow } from './barrier.entity.js';
import { BarrierRepository } from './barrier.repository.js';
import { BarrierSupportRepository } from './barrier-support.repository.js';

@Injectable()
export class BarrierLoader {
  constructor(
    private readonly database: Database,
    private readonly barriers: BarrierRepository,
    private readonly barrierAnswers: BarrierAnswerRepository,
    private readonly support: BarrierSupportRepository,
  ) {}

  readonly byId = createLoader<string, BarrierRow>((ctx, ids) =>
    this.database.read(ctx, async (em) => {
      const found = await this.barriers.findByIds(em, ids);
      return new Map(found.map((barrier) => [barrier.id, barrier]));
    }),
  );

  /** The last answer to each barrier; null for one that has none. */
  readonly lastAnswer = createLoader<string, BarrierAnswerRow>((ctx, ids) =>
    this.database.read(ctx, (em) => this.barrierAnswers.findLastByBarriers(em, ids)),
  );

  /** The answers to each barrier, newest first. */
  readonly answers = createPageLoader<BarrierAnswerRow>((ctx, ids, page) =>
    this.database.read(ctx, (em) => this.barrierAnswers.findPagesByBarriers(em, ids, page)),
  );

  /** The number of supporters of each barrier; null below the minimum group. */
  readonly supporters = createLoader<string, number>((ctx, ids) =>
    this.database.read(ctx, (em) => this.support.countByBarriers(em, ids)),
  );

  /** True for a barrier that the viewer supports, otherwise null. */
  readonly viewerSupports = createLoader<string, true>((ctx, ids) =>
    this.database.read(ctx, (em) => this.support.findOwn(em, ids)),
  );
}
