import { Field, InputType } from '@nestjs/graphql';
import { COLUMNS } from './import-row.js';

@InputType({ description: 'A CSV file of people to import.' })
export class ImportPeopleInput {
  @Field({
    description: `The file as text: CSV with commas, semicolons, tabs or vertical bars, at most 20,000 rows, whose first line names the columns (${COLUMNS.join(', ')}; in any order, all of them). Days are YYYY-MM-DD. An empty cell clears the value, except that an empty left_on does not remove a future last day; external_id and name are required.`,
  })
  csv!: string;

  @Field({ description: 'Whether only to report what the import would do, without changing anything.' })
  dryRun!: boolean;

  @Field(() => Boolean, {
    nullable: true,
    defaultValue: false,
    description:
      'Whether external ids may differ from others in the file or in the directory only in leading zeros, case, spaces or invisible characters. By default such rows are refused, because they are usually one person twice.',
  })
  allowSimilarIds?: boolean | null;
}
