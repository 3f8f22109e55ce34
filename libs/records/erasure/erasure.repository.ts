import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { affected, columns, insertInto, row, rows, sql } from '#db';
import { ErasureEntity, type ErasureRow } from './erasure.entity.js';
import type { Count } from './preview.js';

const erasure = columns(ErasureEntity, 'x');

/** The viewer's pending request. The policies hide all others, and finished ones. */
@Injectable()
export class ErasureRepository {
  findPending(em: EntityManager, personId: string): Promise<ErasureRow | undefined> {
    return row<ErasureRow>(em, sql`select ${erasure} from erasure x where x.person_id = ${personId}::uuid`);
  }

  findByIds(em: EntityManager, ids: readonly string[]): Promise<ErasureRow[]> {
    return rows<ErasureRow>(em, sql`select ${erasure} from erasure x where x.id = any(${ids}::uuid[])`);
  }

  /** @returns undefined where one is pending already */
  insert(
    em: EntityManager,
    values: Pick<ErasureEntity, 'organizationId' | 'personId'>,
  ): Promise<ErasureRow | undefined> {
    return row<ErasureRow>(
      em,
      sql`with x as (${insertInto(ErasureEntity, values)} on conflict do nothing returning id, requested_at, executes_at)
          select ${erasure} from x`,
    );
  }

  /** @returns whether one was pending */
  async delete(em: EntityManager, personId: string): Promise<boolean> {
    return (await affected(em, sql`delete from erasure where person_id = ${personId}::uuid`)) > 0;
  }

  /** What the viewer would erase now. */
  countContent(em: EntityManager): Promise<Count[]> {
    return rows<Count>(em, sql`select kind, count from app.erasure_preview()`);
  }
}
