import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { row, rows, sql } from '#db';

/** What the worker's login may do about erasure: it reads none of the tables (policies/72-erasure.sql). */
@Injectable()
export class ErasePeopleRepository {
  /** The ids of people for whom erasure is due, at most `atMost`. */
  async findDue(em: EntityManager, atMost: number): Promise<string[]> {
    const found = await rows<{ id: string }>(em, sql`select id from app.people_to_erase(${atMost}) as id`);
    return found.map(({ id }) => id);
  }

  /** @returns whether something was erased */
  async erase(em: EntityManager, personId: string): Promise<boolean> {
    const found = await row<{ done: boolean }>(em, sql`select app.erase_person(${personId}::uuid) as done`);
    return found?.done === true;
  }
}
