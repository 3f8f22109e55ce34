import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A place of work; its id stays when it is renamed. */
@Entity('location')
export class LocationEntity {
  @PrimaryColumn('uuid', { insert: false })
  id!: string;

  @Column('text')
  name!: string;
}

export type LocationRow = LocationEntity;
