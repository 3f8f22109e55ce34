import { Injectable } from '@nestjs/common';
import { Throttle } from '#auth';
import { Database, type PersonContext } from '#db';
import { PersonalGoalService } from '#goals';
import { readGoalFile } from './goal-file.js';
import type { ImportMyGoalsInput } from './goal-import.inputs.js';
import { GoalImportRepository, type ImportedGoals } from './goal-import.repository.js';

const IMPORTS_A_DAY = 5;

/** Goals that a person brings from another installation. */
@Injectable()
export class GoalImportService {
  constructor(
    private readonly database: Database,
    private readonly imports: GoalImportRepository,
    private readonly goals: PersonalGoalService,
    private readonly throttle: Throttle,
  ) {}

  /** Imports all goals of the file or none. @throws BAD_USER_INPUT, RATE_LIMITED */
  import(ctx: PersonContext, { file }: ImportMyGoalsInput): Promise<ImportedGoals> {
    const goals = readGoalFile(file, 'input.file');
    return this.database.write(ctx, async (em) => {
      await this.throttle.daily(em, 'goal import', [''], IMPORTS_A_DAY);
      const imported = await this.imports.importGoals(em, goals);
      if (imported.importedIds.length > 0) {
        await this.goals.assertNotTooMany(em, ctx.viewer.personId, 'input.file');
      }
      return imported;
    });
  }
}
