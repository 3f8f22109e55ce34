import { Injectable } from '@nestjs/common';
import { Database } from '#db';
import { operationLoader, type Operation } from '#graphql';
import { AccessLog } from './access-log.js';
import type { AlignmentRow } from './alignment.entity.js';
import { AlignmentRepository } from './alignment.repository.js';
import type { FitMap } from './fit-map.model.js';
import { FitMapRepository, type FitMapKey, type OwnFit } from './fit-map.repository.js';

/** Fit maps, once an operation. Each of its loads is one statement, whether or not anything is hidden from the viewer. */
@Injectable()
export class FitMapLoader {
  constructor(
    private readonly database: Database,
    private readonly alignments: AlignmentRepository,
    private readonly fitMaps: FitMapRepository,
    private readonly accessLog: AccessLog,
  ) {}

  private readonly placementsByKey = operationLoader<string, AlignmentRow[]>(async (viewer, keys, op) => {
    const found = await this.database.read(viewer, (em) =>
      this.alignments.findPlacements(em, viewer?.personId ?? null, keys.map(asked)),
    );
    return new Map(
      Array.from(found, ([key, all]) => [key, all.map((one) => this.accessLog.show(op, one, 'LISTED'))]),
    );
  });

  private readonly ownByKey = operationLoader<string, OwnFit>((viewer, keys) =>
    this.database.read(viewer, (em) => this.fitMaps.findOwn(em, keys.map(asked))),
  );

  /** What is placed in goals that the viewer may see. */
  async placements(op: Operation, map: FitMap): Promise<AlignmentRow[]> {
    return (await this.placementsByKey(op).load(keyOf(map))) ?? [];
  }

  /** What is its person's alone; null to anybody else. */
  own(op: Operation, map: FitMap): Promise<OwnFit | null> {
    return this.ownByKey(op).load(keyOf(map));
  }
}

function keyOf({ personId, cycleId }: FitMap): string {
  return cycleId === null ? personId : `${personId} ${cycleId}`;
}

function asked(key: string): FitMapKey {
  const [personId = '', cycleId = null] = key.split(' ');
  return { key, personId, cycleId };
}
