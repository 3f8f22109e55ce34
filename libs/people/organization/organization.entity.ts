import { Column, Entity, PrimaryColumn } from 'typeorm';

/** The tenant: every row belongs to one, and nothing crosses. */
@Entity('organization')
export class OrganizationEntity {
  @PrimaryColumn('uuid', { insert: false })
  id!: string;

  @Column('text')
  name!: string;

  /** IANA name; a person's own until they set theirs. */
  @Column('text')
  timeZone!: string;

  @Column('boolean')
  leadersShareFirst!: boolean;

  @Column('integer')
  conversationRetentionMonths!: number;

  @Column('integer')
  accessLogRetentionMonths!: number;

  @Column('text')
  purpose!: string;
}

export type OrganizationRow = OrganizationEntity;
