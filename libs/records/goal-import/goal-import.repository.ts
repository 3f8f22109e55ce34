import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { row, sql } from '#db';
import type { ExportedGoal } from '../export/exported-data.js';

/** The IDs of the goals that were added, and of those that were there already. */
export interface ImportedGoals {
  readonly importedIds: readonly string[];
  readonly presentIds: readonly string[];
}

@Injectable()
export class GoalImportRepository {
  /** Adds the goals that are not there yet to those of the viewer. */
  async importGoals(em: EntityManager, goals: readonly ExportedGoal[]): Promise<ImportedGoals> {
    const found = await row<ImportedGoals>(
      em,
      sql`select imported as "importedIds", already_there as "presentIds" from app.import_goals(${JSON.stringify(goals)}::jsonb)`,
    );
    if (!found) throw new Error('The function returned no row.');
    return found;
  }
}
