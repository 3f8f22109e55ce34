import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { RowError } from './import-row.js';

/** An import, and the errors that its file shows by itself. */
@Entity('import_report')
export class ImportReportEntity {
  @PrimaryColumn('uuid', { insert: false })
  id!: string;

  @Column('timestamptz')
  at!: Date;

  /** Null for an API token and for the operator's command. */
  @Column('uuid', { nullable: true })
  byId!: string | null;

  @Column('boolean')
  dryRun!: boolean;

  @Column('integer')
  rows!: number;

  @Column('integer')
  errorCount!: number;

  @Column('jsonb')
  errors!: RowError[];
}

/** What follows from the directory: what an import did or, as a dry run, would have done. */
@Entity('import_outcome')
export class ImportOutcomeEntity {
  @PrimaryColumn('uuid', { insert: false, select: false })
  reportId!: string;

  @Column('integer')
  created!: number;

  @Column('integer')
  changed!: number;

  @Column('integer')
  ended!: number;

  @Column('integer')
  restored!: number;

  @Column('integer')
  managersChanged!: number;

  @Column('integer')
  unchanged!: number;

  @Column('integer')
  absentCount!: number;

  @Column('jsonb')
  absent!: string[];
}

/** The outcome's fields are null where the viewer may not see it, or where there is none. Errors are those of both. */
export type ImportReportRow = ImportReportEntity & {
  readonly [Field in Exclude<keyof ImportOutcomeEntity, 'reportId'>]: ImportOutcomeEntity[Field] | null;
};
