import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A person's own list of talking points, to apply to conversations. */
@Entity('agenda_template')
export class AgendaTemplateEntity {
  @PrimaryColumn('uuid', { insert: false })
  id!: string;

  @Column({ type: 'uuid', update: false })
  organizationId!: string;

  @Column({ type: 'uuid', update: false })
  ownerId!: string;

  @Column('text')
  name!: string;

  @Column('text', { array: true })
  points!: string[];

  @Column('integer')
  version!: number;
}

export interface AgendaTemplateRow extends AgendaTemplateEntity {
  readonly __typename: 'AgendaTemplate';
}
