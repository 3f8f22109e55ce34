import { Field, ID, Int, ObjectType } from '@nestjs/graphql';
import { Connection } from '#graphql';

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
    'What an import did or, as a dry run, would do. All or nothing: with errors, nothing is done and every count of changes is 0.',
})
export class ImportReport {
  @Field(() => ID, { description: 'Its id.' })
  id!: string;

  @Field({ description: 'When.' })
  at!: Date;

  @Field({ description: 'Whether it only said what it would do.' })
  dryRun!: boolean;

  @Field(() => Int, { description: 'Rows of the file, each a person.' })
  rows!: number;

  @Field(() => Int, { description: 'People who are new in the directory.' })
  created!: number;

  @Field(() => Int, {
    description: 'People whose entry changes, apart from the end of employment and the manager.',
  })
  changed!: number;

  @Field(() => Int, { description: 'People here before whose employment gets a last day, or another one.' })
  ended!: number;

  @Field(() => Int, {
    description: 'People whose employment goes on after all: the file has no last day for them.',
  })
  restored!: number;

  @Field(() => Int, {
    description: 'People here before who get another manager, or none, from the day of the import on.',
  })
  managersChanged!: number;

  @Field(() => Int, { description: 'People about whom nothing changes.' })
  unchanged!: number;

  @Field(() => Int, { description: 'How many errors the file has.' })
  errorCount!: number;

  @Field(() => [ImportRowError], { description: 'The errors by line, the first 1,000.' })
  errors!: ImportRowError[];

  @Field(() => Int, {
    description:
      'How many people with an external id work here and are not in the file. Nothing happens to them.',
  })
  absentCount!: number;

  @Field(() => [String], { description: 'The external ids of those, the first 1,000.' })
  absent!: string[];

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
