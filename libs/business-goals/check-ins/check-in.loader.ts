import { Injectable } from '@nestjs/common';
import { Database } from '#db';
import { createLoader, createPageLoader } from '#graphql';
import type { CheckInRow } from './check-in.entity.js';
import { CheckInRepository } from './check-in.repository.js';

/** Check-ins that the viewer can see. */
@Injectable()
export class CheckInLoader {
  constructor(
    private readonly database: Database,
    private readonly checkIns: CheckInRepository,
  ) {}

  readonly byId = createLoader<string, CheckInRow>((ctx, ids) =>
    this.database.read(ctx, async (em) => {
      const found = await this.checkIns.findByIds(em, ids);
      return new Map(found.map((checkIn) => [checkIn.id, checkIn]));
    }),
  );

  /** The check-ins of each goal, newest first. */
  readonly ofGoal = createPageLoader<CheckInRow>((ctx, goalIds, page) =>
    this.database.read(ctx, (em) => this.checkIns.findPagesByGoals(em, goalIds, page)),
  );
}
