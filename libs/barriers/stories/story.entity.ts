import { Column, Entity, PrimaryColumn } from 'typeorm';

/** What became of a barrier, for others to adopt. Its author is stored separately (story_author). */
@Entity('story')
export class StoryEntity {
  @PrimaryColumn('uuid', { insert: false })
  id!: string;

  @Column('uuid')
  organizationId!: string;

  @Column('uuid')
  barrierId!: string;

  @Column('text')
  text!: string;

  /** A day of the organization. */
  @Column({ type: 'date', insert: false })
  createdOn!: string;
}

export type StoryRow = StoryEntity & {
  /** The author; null for everybody else while they are not named. */
  readonly authorId: string | null;
  /** Whether everybody sees the author; null where the viewer does not. */
  readonly named: boolean | null;
};
