import { Field, ID, Int, ObjectType } from '@nestjs/graphql';
import { Connection } from '#graphql';

/** Where an importer may learn nothing of the directory. */
const NULL_FOR_WRITERS = 'Null for an API token without DIRECTORY_READ, and in the report of its dry runs.';

@ObjectType({ description: 'Why a row of an imported file is refused.' })
export class ImportRowError {
  @Field(() => Int, { description: 'The line of the file on which the row begins; the first line is 1.' })
  line!: number;

  @Field(() => String, {
    nullable: true,
    description: 'The column; null where it concerns the row or the file as a whole.',
  })
  column!: string | null;

  @Field({ description: 'Why.' })
  message!: string;
}

@ObjectType({
  description:
    'What an import did or, as a dry run, would do. All or nothing: with errors, nothing is changed and every count of changes is 0. Counts of changes, missing people and errors that follow from the directory are reported to PEOPLE_ADMIN, and to an API token that has both DIRECTORY_WRITE and DIRECTORY_READ (without last days that are to come). A token with DIRECTORY_WRITE alone gets what its file shows by itself.',
})
export class ImportReport {
  @Field(() => ID, { description: 'Its id.' })
  id!: string;

  @Field({ description: 'When the import was made.' })
  at!: Date;

  @Field({ description: 'Whether it only reported what it would do.' })
  dryRun!: boolean;

  @Field(() => Int, { description: 'Rows of the file, each a person.' })
  rows!: number;

  @Field(() => Int, {
    nullable: true,
    description: `People who are new in the directory. ${NULL_FOR_WRITERS}`,
  })
  created!: number | null;

  @Field(() => Int, {
    nullable: true,
    description: `People whose entry changes, apart from the end of employment and the manager. ${NULL_FOR_WRITERS}`,
  })
  changed!: number | null;

  @Field(() => Int, {
    nullable: true,
    description: `People in the directory before whose employment gets a last day, or another one. ${NULL_FOR_WRITERS}`,
  })
  ended!: number | null;

  @Field(() => Int, {
    nullable: true,
    description: `People who had left, and for whom the file has no last day: their employment goes on. ${NULL_FOR_WRITERS}`,
  })
  restored!: number | null;

  @Field(() => Int, {
    nullable: true,
    description: `People employed before and after the import who have another manager from its day on, or none; also people outside of the file whose manager leaves in it. ${NULL_FOR_WRITERS}`,
  })
  managersChanged!: number | null;

  @Field(() => Int, {
    nullable: true,
    description: `People in the file about whom nothing changes. ${NULL_FOR_WRITERS}`,
  })
  unchanged!: number | null;

  @Field(() => Int, { description: 'How many errors there are.' })
  errorCount!: number;

  @Field(() => [ImportRowError], { description: 'The errors by line, the first 1,000.' })
  errors!: ImportRowError[];

  @Field(() => Int, {
    nullable: true,
    description: `How many people with an external id work here and are not in the file. Nothing happens to them. ${NULL_FOR_WRITERS}`,
  })
  absentCount!: number | null;

  @Field(() => [String], {
    nullable: true,
    description: `The external ids of the people who are not in the file, the first 1,000. ${NULL_FOR_WRITERS}`,
  })
  absent!: string[] | null;

  /** Resolved to `by`. */
  byId!: string | null;
}

@ObjectType({ description: 'A page of import reports.' })
export class ImportReportConnection extends Connection(ImportReport) {}

@ObjectType({ description: 'What became of an import.' })
export class ImportPeoplePayload {
  @Field(() => ImportReport, { description: 'What it did, or would do, or why it did nothing.' })
  importReport!: ImportReport;
}
