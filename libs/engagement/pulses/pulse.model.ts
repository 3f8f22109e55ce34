import { Field, ID, ObjectType, registerEnumType } from '@nestjs/graphql';
import { DateTime, NodeModel } from '#graphql';
import { Period } from '../periods/period.model.js';

/** What a question of a pulse is about. */
export const Driver = {
  MUTUAL_TRUST: 'MUTUAL_TRUST',
  AUTONOMY: 'AUTONOMY',
  PURPOSE: 'PURPOSE',
  GROWTH: 'GROWTH',
  RECOGNITION: 'RECOGNITION',
  WELLBEING: 'WELLBEING',
  VOICE: 'VOICE',
  RECOMMEND: 'RECOMMEND',
} as const;
export type Driver = keyof typeof Driver;
registerEnumType(Driver, {
  name: 'Driver',
  description: 'What makes people committed to their work. Each question of a pulse is about one of these.',
  valuesMap: {
    MUTUAL_TRUST: { description: 'Whether people and their leaders keep their word and rely on each other.' },
    AUTONOMY: { description: 'Whether people can decide what they are responsible for.' },
    PURPOSE: { description: 'Whether the work is useful, and serves what matters to the person.' },
    GROWTH: { description: 'Whether people learn and get further.' },
    RECOGNITION: { description: 'Whether good work is noticed.' },
    WELLBEING: { description: 'Whether work leaves people strength for their lives.' },
    VOICE: { description: 'Whether people can say what they think, and it changes something.' },
    RECOMMEND: {
      description: 'Whether people would recommend working here: the employee net promoter score (eNPS).',
    },
  },
});

export const PulseScale = { ONE_TO_FIVE: 'ONE_TO_FIVE', ZERO_TO_TEN: 'ZERO_TO_TEN' } as const;
export type PulseScale = keyof typeof PulseScale;
registerEnumType(PulseScale, {
  name: 'PulseScale',
  description: 'The scores that a question of a pulse can be answered with.',
  valuesMap: {
    ONE_TO_FIVE: { description: 'From 1, strongly disagree, to 5, strongly agree.' },
    ZERO_TO_TEN: { description: 'From 0, not at all likely, to 10, extremely likely.' },
  },
});

@ObjectType({
  description:
    'A question of a pulse. It is the same for everybody, and every question is worded so that a higher score is better.',
})
export class PulseQuestion {
  @Field(() => ID, { description: 'Identifies the question in every language. Pass it to `answerPulse`.' })
  id!: string;

  @Field(() => Driver, { description: 'What it is about.' })
  driver!: Driver;

  @Field(() => PulseScale, { description: 'The scores that it can be answered with.' })
  scale!: PulseScale;
}

@ObjectType({
  implements: () => [NodeModel],
  description:
    'A short survey that everybody who was employed when it opened is asked to answer. Answering is free. Nobody can read here what a person answered, or whether they did; until the figures of its quarter are released, the people who operate the database could technically reach an answer.',
})
export class Pulse extends NodeModel {
  @Field(() => Period, { description: 'The month or quarter that it asks about.' })
  period!: Period;

  @Field(() => DateTime, { description: 'Until when it can be answered, and an answer changed.' })
  closesAt!: Date;
}

@ObjectType({ description: 'The pulse that was answered.' })
export class AnswerPulsePayload {
  @Field(() => Pulse, {
    description: 'The pulse. It does not contain the scores: no operation returns them.',
  })
  pulse!: Pulse;
}
