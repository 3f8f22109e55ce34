import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A person's session. An API token is a row of the same table without a person (libs/people/accounts). */
@Entity('session')
export class SessionEntity {
  @PrimaryColumn('uuid', { insert: false })
  id!: string;

  @Column('text')
  label!: string;

  @Column({ type: 'timestamptz' })
  createdAt!: Date;

  @Column({ type: 'timestamptz' })
  lastSeenAt!: Date;

  @Column({ type: 'timestamptz' })
  expiresAt!: Date;
}

export type SessionRow = SessionEntity;
