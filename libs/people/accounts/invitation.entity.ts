import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A link that lets a person in for the first time, as a PEOPLE_ADMIN sees it. The hash of its token is nobody's to read. */
@Entity('invitation')
export class InvitationEntity {
  @PrimaryColumn('uuid', { insert: false })
  id!: string;

  @Column('uuid')
  personId!: string;

  @Column({ type: 'timestamptz' })
  sentAt!: Date;

  @Column({ type: 'timestamptz' })
  expiresAt!: Date;

  @Column({ type: 'timestamptz', nullable: true })
  acceptedAt!: Date | null;
}

export type InvitationRow = InvitationEntity;
