import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { PulseRhythm, TrendsAudience } from './organization.model.js';

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

  /** The fewest people behind any figure that is shown; at least 5. */
  @Column('integer')
  minimumGroupSize!: number;

  @Column('text')
  trendsVisibleTo!: TrendsAudience;

  /** Days between a release to HR and its publication to the others, 0 to 14. */
  @Column('integer')
  trendsPublishedAfterDays!: number;

  @Column('text')
  pulseRhythm!: PulseRhythm;

  @Column('integer')
  conversationRetentionMonths!: number;

  @Column('integer')
  accessLogRetentionMonths!: number;

  @Column('text')
  purpose!: string;
}

export type OrganizationRow = OrganizationEntity;
