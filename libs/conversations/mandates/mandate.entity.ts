import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A mandate as everybody sees it who can see it. {@link MandateRow} has what only its two people see. */
@Entity('mandate')
export class MandateEntity {
  @PrimaryColumn('uuid', { insert: false })
  id!: string;

  @Column('uuid')
  organizationId!: string;

  /** The manager. */
  @Column('uuid')
  grantedById!: string;

  @Column('uuid')
  toId!: string;

  /** The reporting line with which it ends. */
  @Column('uuid')
  lineId!: string;

  @Column('text')
  text!: string;

  @Column('date', { nullable: true })
  lastDay!: string | null;

  @Column('boolean', { name: 'published', select: false })
  storedPublished!: boolean;
}

/** A mandate with what the database derives when it is read. */
export interface MandateRow extends MandateEntity {
  readonly __typename: 'Mandate';
  /** False once it has ended. */
  readonly published: boolean;
  readonly endedAt: Date | null;
  /** Null for everybody but the two people. */
  readonly publicationAskedById: string | null;
  /** Null for everybody but the two people. */
  readonly version: number | null;
}

/** A mandate that the viewer granted or was granted. */
export interface OwnMandateRow extends MandateRow {
  readonly version: number;
}
