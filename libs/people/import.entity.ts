import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { RowError } from './import-row.js';

/** What an import did or, as a dry run, would have done. */
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
  errorCount!: number;

  @Column('jsonb')
  errors!: RowError[];

  @Column('integer')
  absentCount!: number;

  @Column('jsonb')
  absent!: string[];
}

export type ImportReportRow = ImportReportEntity;
