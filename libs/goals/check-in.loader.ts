import { Injectable } from '@nestjs/common';
import { Database } from '#db';
import { operationLoader, pageLoader } from '#graphql';
import type { CheckInRow } from './check-in.entity.js';
import { CheckInRepository } from './check-in.repository.js';

/** Check-ins, once an operation. */
@Injectable()
export class CheckInLoader {
  constructor(
    private readonly database: Database,
    private readonly checkIns: CheckInRepository,
  ) {}

  readonly byId = operationLoader<string, CheckInRow>((viewer, ids) =>
    this.database.read(viewer, async (em) => {
      const found = await this.checkIns.findByIds(em, ids);
      return new Map(found.map((checkIn) => [checkIn.id, checkIn]));
    }),
  );

  /** A goal's, newest first. */
  readonly ofGoal = pageLoader<CheckInRow>((viewer, goalIds, page) =>
    this.database.read(viewer, (em) => this.checkIns.findPagesByGoals(em, goalIds, page)),
  );
}
