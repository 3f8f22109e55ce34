import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A stretch of time, a quarter perhaps, that business goals are set for. Days are included at both ends. */
@Entity('cycle')
export class CycleEntity {
  @PrimaryColumn('uuid', { insert: false })
  id!: string;

  @Column('uuid')
  organizationId!: string;

  @Column('text')
  name!: string;

  @Column('date')
  startsOn!: string;

  @Column('date')
  endsOn!: string;
}

export type CycleRow = CycleEntity;
