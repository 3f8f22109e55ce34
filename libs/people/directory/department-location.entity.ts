import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A row that is known by its name; the id stays the same when it is renamed. */
abstract class NamedEntity {
  @PrimaryColumn('uuid', { insert: false })
  id!: string;

  @Column('text')
  name!: string;
}

@Entity('department')
export class DepartmentEntity extends NamedEntity {
  @Column({ type: 'uuid', select: false, update: false })
  organizationId!: string;
}

@Entity('location')
export class LocationEntity extends NamedEntity {
  @Column({ type: 'uuid', select: false, update: false })
  organizationId!: string;
}

export type NamedRow = Pick<NamedEntity, 'id' | 'name'>;
