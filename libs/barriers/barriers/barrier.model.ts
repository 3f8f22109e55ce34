import { Field, Float, ID, ObjectType, registerEnumType } from '@nestjs/graphql';
import { CalendarDate, Connection, Markdown, NodeModel } from '#graphql';

/** Set by the answers to a barrier. */
export const BarrierStatus = {
  OPEN: 'OPEN',
  INVESTIGATING: 'INVESTIGATING',
  TRIAL_WITHOUT: 'TRIAL_WITHOUT',
  REMOVED: 'REMOVED',
  STAYS: 'STAYS',
} as const;
export type BarrierStatus = keyof typeof BarrierStatus;

registerEnumType(BarrierStatus, {
  name: 'BarrierStatus',
  description: 'What became of a barrier, by its last answer.',
  valuesMap: {
    OPEN: { description: 'Not answered yet.' },
    INVESTIGATING: { description: 'Being looked into. It still needs an answer, on the same date.' },
    TRIAL_WITHOUT: {
      description:
        'The procedure is suspended until a day: use your judgement meanwhile. It needs an answer again after that day.',
    },
    REMOVED: { description: 'The procedure no longer applies, or no longer hinders.' },
    STAYS: {
      description: 'The procedure stays, for the facts or the legal provision that the answer gives.',
    },
  },
});

@ObjectType({
  description: 'An answer to a barrier by the person who answers for its procedure area, or by their deputy.',
})
export class BarrierAnswer {
  @Field(() => ID, { description: 'A globally unique, opaque identifier.' })
  id!: string;

  @Field(() => BarrierStatus, { description: 'What the answer decides.' })
  status!: BarrierStatus;

  @Field(() => Markdown, { description: 'The answer in words.' })
  text!: string;

  @Field({ description: 'Whether the answerer says: we got this wrong.' })
  gotItWrong!: boolean;

  @Field(() => String, {
    nullable: true,
    description:
      'For `STAYS`: when the loss that the procedure prevents last happened, or that it never did. Null where a legal provision is cited instead.',
  })
  lossLastHappened!: string | null;

  @Field(() => Float, {
    nullable: true,
    description:
      'For `STAYS`: how often in a year that loss happens. Null where a legal provision is cited instead.',
  })
  lossesAYear!: number | null;

  @Field(() => String, {
    nullable: true,
    description:
      'For `STAYS`: what the procedure costs customers and colleagues. Null where a legal provision is cited instead.',
  })
  costToOthers!: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'For `STAYS`: the legal provision that requires the procedure. Null where facts are given.',
  })
  requiredByLaw!: string | null;

  @Field(() => CalendarDate, {
    nullable: true,
    description: 'For `TRIAL_WITHOUT`: the last day of the trial. Null for any other answer.',
  })
  trialUntil!: string | null;

  @Field(() => Date, { description: 'When the answer was given.' })
  at!: Date;

  /** Resolved to `by`. */
  byId!: string;
}

@ObjectType({ description: 'A page of answers.' })
export class BarrierAnswerConnection extends Connection(BarrierAnswer) {}

@ObjectType({
  implements: () => [NodeModel],
  description:
    'A procedure that hinders people or their customers, and the answer it got. It measures the company, never a person. Visible to the organization.',
})
export class Barrier implements NodeModel {
  id!: string;

  @Field({ description: 'What gets in the way, in one line.' })
  title!: string;

  @Field(() => Markdown, { nullable: true, description: 'A longer description. Null if there is none.' })
  description!: string | null;

  @Field(() => Markdown, {
    nullable: true,
    description: 'What the person who raised it would do instead. Null if they proposed nothing.',
  })
  proposedRemedy!: string | null;

  @Field({ description: 'Whether customers run into it, rather than colleagues only.' })
  hindersCustomers!: boolean;

  @Field(() => BarrierStatus, { description: 'What became of it, by its last answer.' })
  status!: BarrierStatus;

  @Field({
    description: 'Whether it needs an answer: it is `OPEN` or `INVESTIGATING`, or its trial is over.',
  })
  awaitsAnswer!: boolean;

  @Field(() => CalendarDate, {
    description:
      "The day by which an answer is due, in the organization's time zone: 14 days after it was raised or given to a procedure area, or after its trial ends. Stays the same once it is answered.",
  })
  answerDueOn!: string;

  @Field({ description: 'Whether the viewer answers for its procedure area.' })
  viewerCanAnswer!: boolean;

  @Field(() => CalendarDate, {
    description: "The day on which it appeared, in the organization's time zone. Its time is not stored.",
  })
  createdOn!: string;
}

@ObjectType({ description: 'A page of barriers.' })
export class BarrierConnection extends Connection(Barrier) {}

@ObjectType({ description: 'The barrier that a mutation created or changed.' })
export class BarrierPayload {
  @Field(() => Barrier, { description: 'The barrier after the mutation.' })
  barrier!: Barrier;
}

@ObjectType({ description: 'That a barrier without a name was raised. It has no ID yet.' })
export class RaiseNamelessBarrierPayload {
  @Field(() => CalendarDate, {
    description:
      "The day on which the barrier appears, in the organization's time zone: the next one, together with all others that were raised without a name on this day.",
  })
  appearsOn!: string;
}
