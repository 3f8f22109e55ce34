import { Column, Entity, PrimaryColumn } from 'typeorm';

/**
 * A person in the directory. What fewer people may see than this row (the end of employment, when it lies ahead) is in
 * tables of its own.
 */
@Entity('person')
export class PersonEntity {
  @PrimaryColumn('uuid', { insert: false })
  id!: string;

  @Column('uuid')
  organizationId!: string;

  /** The id that the organization's own people system knows them by; an import finds them by it. */
  @Column('text', { nullable: true })
  externalId!: string | null;

  @Column('text')
  name!: string;

  /** The directory's address. The sign-in address is another matter, and the person's own. */
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
  startedOn!: string | null;
}

export type PersonRow = PersonEntity;
