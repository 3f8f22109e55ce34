import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A department; its id stays when it is renamed. */
@Entity('department')
export class DepartmentEntity {
  @PrimaryColumn('uuid', { insert: false })
  id!: string;

  @Column('text')
  name!: string;
}

export type DepartmentRow = DepartmentEntity;
