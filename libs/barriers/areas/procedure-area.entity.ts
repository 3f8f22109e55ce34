import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A function that procedures belong to, with the person who answers for it. */
@Entity('procedure_area')
export class ProcedureAreaEntity {
  @PrimaryColumn('uuid', { insert: false })
  id!: string;

  @Column({ type: 'uuid', update: false })
  organizationId!: string;

  @Column('text')
  name!: string;

  @Column('uuid')
  answererId!: string;

  @Column('uuid', { nullable: true })
  deputyId!: string | null;
}

export type ProcedureAreaRow = ProcedureAreaEntity & {
  /** The answerer, or the deputy once the answerer has left; null once both have. */
  readonly currentAnswererId: string | null;
};
