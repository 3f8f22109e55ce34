-- GoalImportRepository in libs/records/goal-import/goal-import.repository.ts. Written by npm run schema.

-- importGoals
select imported as "importedIds",
  already_there as "presentIds"
from app.import_goals($1::jsonb);
