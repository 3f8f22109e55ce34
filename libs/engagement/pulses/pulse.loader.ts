import { Injectable } from '@nestjs/common';
import { Database } from '#db';
import { createLoader } from '#graphql';
import type { PulseQuestionRow, PulseRow } from './pulse.entity.js';
import { PulseRepository } from './pulse.repository.js';

@Injectable()
export class PulseLoader {
  constructor(
    private readonly database: Database,
    private readonly pulses: PulseRepository,
  ) {}

  readonly byId = createLoader<string, PulseRow>((ctx, ids) =>
    this.database.read(ctx, async (em) => {
      const found = await this.pulses.findByIds(em, ids);
      return new Map(found.map((pulse) => [pulse.id, pulse]));
    }),
  );

  /** The questions of each pulse, in their order. */
  readonly questions = createLoader<string, PulseQuestionRow[]>((ctx, ids) =>
    this.database.read(ctx, (em) => this.pulses.findQuestions(em, ids)),
  );

  /** True for a pulse that the viewer has answered, otherwise null. */
  readonly answered = createLoader<string, true>((ctx, ids) =>
    this.database.read(ctx, (em) => this.pulses.findAnswered(em, ids)),
  );
}
