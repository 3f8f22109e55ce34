import { Field, ID, Int, ObjectType } from '@nestjs/graphql';
import { Connection } from '#graphql';

/** Where an importer may learn nothing of the directory. */
const NULL_FOR_WRITERS = 'Null for an API token without DIRECTORY_READ, and in the report of its dry runs.';

@ObjectType({ description: 'An error in an imported file.' })
export class ImportRowError {
  @Field(() => ID, { description: 'A globally unique, opaque identifier.' })
  id!: string;

  @Field(() => Int, { description: 'The line of the file on which the row begins; the first line is 1.' })
  line!: number;

  @Field(() => String, {
    nullable: true,
    description: 'The column. Null if the error concerns the whole row or file.',
  })
  column!: string | null;

  @Field({
    description:
      'Why the row or the file is rejected, as a sentence that begins with the name of the column where there is one.',
  })
  message!: string;
}

@ObjectType({
  description:
    'The report of an import or a dry run. An import is applied completely or not at all: with errors, nothing is changed and every count of changes is 0. Counts of changes, missing people and errors that follow from the directory are reported to PEOPLE_ADMIN, and to an API token that has both DIRECTORY_WRITE and DIRECTORY_READ (without future last days). A token with only DIRECTORY_WRITE gets what follows from its file.',
})
export class ImportReport {
  @Field(() => ID, { description: 'A globally unique, opaque identifier.' })
  id!: string;

  @Field({ description: 'When the import was made.' })
  at!: Date;

  @Field({ description: 'Whether it only reported what it would do.' })
  dryRun!: boolean;

  @Field(() => Int, { description: 'The number of rows in the file, one for each person.' })
  rows!: number;

  @Field(() => Int, {
    nullable: true,
    description: `The number of people added to the directory. ${NULL_FOR_WRITERS}`,
  })
  created!: number | null;

  @Field(() => Int, {
    nullable: true,
    description: `The number of people whose entry changes, apart from the end of employment and the manager. ${NULL_FOR_WRITERS}`,
  })
  changed!: number | null;

  @Field(() => Int, {
    nullable: true,
    description: `The number of existing people whose employment gets a last day, or a different one. ${NULL_FOR_WRITERS}`,
  })
  ended!: number | null;

  @Field(() => Int, {
    nullable: true,
    description: `The number of people who had left and whose last day the file removes, so that their employment continues. ${NULL_FOR_WRITERS}`,
  })
  restored!: number | null;

  @Field(() => Int, {
    nullable: true,
    description: `The number of people employed before and after the import whose manager changes or ends with it, including people outside of the file whose manager leaves. ${NULL_FOR_WRITERS}`,
  })
  managersChanged!: number | null;

  @Field(() => Int, {
    nullable: true,
    description: `The number of people in the file who do not change. ${NULL_FOR_WRITERS}`,
  })
  unchanged!: number | null;

  @Field(() => Int, { description: 'The number of errors.' })
  errorCount!: number;

  @Field(() => Int, {
    nullable: true,
    description: `The number of employed people with an external ID who are not in the file. They are not changed. ${NULL_FOR_WRITERS}`,
  })
  absentCount!: number | null;

  @Field(() => [String], {
    nullable: true,
    description: `The external IDs of people who are not in the file, at most 1,000. ${NULL_FOR_WRITERS}`,
  })
  absent!: string[] | null;

  /** Resolved to `by`. */
  byId!: string | null;
}

@ObjectType({ description: 'A page of import reports.' })
export class ImportReportConnection extends Connection(ImportReport) {}

@ObjectType({ description: 'The result of an import.' })
export class ImportPeoplePayload {
  @Field(() => ImportReport, {
    description: 'The report: what the import changed or would change, or the errors that prevented it.',
  })
  importReport!: ImportReport;
}
