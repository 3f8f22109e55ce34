import { registerEnumType } from '@nestjs/graphql';

export const Granularity = { MONTH: 'MONTH', QUARTER: 'QUARTER' } as const;
export type Granularity = keyof typeof Granularity;
registerEnumType(Granularity, {
  name: 'Granularity',
  description: 'The length of the periods of a trend.',
  valuesMap: {
    MONTH: { description: 'Calendar months. Groups of fewer than 50 people are suppressed.' },
    QUARTER: { description: 'Calendar quarters.' },
  },
});
