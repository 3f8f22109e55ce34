import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A person in the directory. What fewer people may see, such as a future end of employment, is in other tables. */
@Entity('person')
export class PersonEntity {
  @PrimaryColumn('uuid', { insert: false })
  id!: string;

  @Column({ type: 'uuid', update: false })
  organizationId!: string;

  /** Written here, but read through app.external_ids: no serving role may select it. */
  @Column('text', { nullable: true, select: false })
  externalId!: string | null;

  @Column('text')
  name!: string;

  /** The address in the directory. Not the sign-in address, which is in `account`. */
  @Column('text', { nullable: true })
  email!: string | null;

  @Column('text', { nullable: true })
  title!: string | null;

  @Column('uuid', { nullable: true })
  departmentId!: string | null;

  @Column('uuid', { nullable: true })
  locationId!: string | null;

  /** 'YYYY-MM-DD'; null when unknown. */
  @Column('date', { nullable: true })
  hiredOn!: string | null;
}

export type PersonRow = Omit<PersonEntity, 'externalId'>;
