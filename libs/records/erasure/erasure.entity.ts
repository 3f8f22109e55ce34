import { Column, Entity, PrimaryColumn } from 'typeorm';

/** What a person has asked to erase, until it is carried out. */
@Entity('erasure')
export class ErasureEntity {
  @PrimaryColumn('uuid', { insert: false })
  id!: string;

  @Column({ type: 'uuid', select: false })
  organizationId!: string;

  @Column({ type: 'uuid', select: false })
  personId!: string;

  @Column({ type: 'timestamptz', insert: false })
  requestedAt!: Date;

  @Column({ type: 'timestamptz', insert: false })
  executesAt!: Date;
}

export type ErasureRow = Omit<ErasureEntity, 'organizationId' | 'personId'>;
