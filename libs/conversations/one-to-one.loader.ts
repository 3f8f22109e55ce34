import { Injectable } from '@nestjs/common';
import { Database } from '#db';
import { operationLoader, type Loader, type Operation } from '#graphql';
import type { OneToOneRow } from './one-to-one.entity.js';
import { OneToOneRepository } from './one-to-one.repository.js';

/** One-to-ones of the viewer, once an operation. */
@Injectable()
export class OneToOneLoader {
  /** By id; null for any but the viewer's own. */
  readonly byId: (op: Operation) => Loader<string, OneToOneRow>;
  /** The viewer's own with this person: the one that has not been ended, else the latest. */
  readonly byCounterpart: (op: Operation) => Loader<string, OneToOneRow>;

  constructor(database: Database, oneToOnes: OneToOneRepository) {
    this.byId = operationLoader<string, OneToOneRow>((viewer, ids) =>
      database.read(viewer, async (em) => {
        const found = await oneToOnes.findByIds(em, viewer?.personId ?? null, ids);
        return new Map(found.map((row) => [row.id, row]));
      }),
    );
    this.byCounterpart = operationLoader<string, OneToOneRow>(async (viewer, personIds, op) => {
      const viewerId = viewer?.personId ?? null;
      if (viewerId === null) return new Map<string, OneToOneRow>();
      const found = await database.read(viewer, (em) =>
        oneToOnes.findByCounterparts(em, viewerId, personIds),
      );
      // So that a conversation that leads back to its pair does not read it again.
      for (const row of found) this.byId(op).prime(row.id, row);
      return new Map(found.map((row) => [row.counterpartId, row]));
    });
  }
}
