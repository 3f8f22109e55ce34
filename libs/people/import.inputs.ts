import { Field, InputType } from '@nestjs/graphql';
import { COLUMNS } from './import-row.js';

@InputType({ description: 'A people file.' })
export class ImportPeopleInput {
  @Field({
    description: `The file as text: CSV with commas, at most 20,000 rows, whose first line names the columns (${COLUMNS.join(', ')}; in any order, all of them). Days are YYYY-MM-DD. An empty cell says that there is none, and clears what was there; external_id and name are needed.`,
  })
  csv!: string;

  @Field({ description: 'Whether only to say what it would do.' })
  dryRun!: boolean;
}
