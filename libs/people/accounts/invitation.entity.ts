import { Column, Entity, PrimaryColumn } from 'typeorm';

/** An invitation to create an account, as a PEOPLE_ADMIN sees it. The hash of its token is granted to nobody. */
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
