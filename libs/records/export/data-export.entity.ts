import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A zip file with a person's own goals and own words. */
@Entity('data_export')
export class DataExportEntity {
  @PrimaryColumn('uuid', { insert: false })
  id!: string;

  @Column({ type: 'uuid', select: false })
  organizationId!: string;

  @Column({ type: 'uuid', select: false })
  personId!: string;

  @Column({ type: 'timestamptz', insert: false })
  requestedAt!: Date;

  @Column({ type: 'timestamptz', insert: false })
  readyAt!: Date;

  @Column({ type: 'timestamptz', insert: false })
  expiresAt!: Date;

  /** Of the content, in hexadecimal. */
  @Column({ type: 'text', insert: false })
  sha256!: string;

  @Column({ type: 'bytea', select: false })
  content!: Buffer;
}

export type DataExportRow = Omit<DataExportEntity, 'organizationId' | 'personId' | 'content'>;
