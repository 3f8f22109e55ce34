import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A period, for example a quarter, that business goals belong to. Both days are inclusive. */
@Entity('cycle')
export class CycleEntity {
  @PrimaryColumn('uuid', { insert: false })
  id!: string;

  @Column({ type: 'uuid', update: false })
  organizationId!: string;

  @Column('text')
  name!: string;

  @Column('date')
  startsOn!: string;

  @Column('date')
  endsOn!: string;
}

export type CycleRow = CycleEntity;
