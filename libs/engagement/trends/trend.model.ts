import { Field, Float, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { CalendarDate } from '#graphql';
import { Driver } from '../pulses/pulse.model.js';
import { Period } from '../periods/period.model.js';
import { TrendMetric } from './trend-metric.js';

export const TrendTree = { DEPARTMENT: 'DEPARTMENT', MANAGER: 'MANAGER', LOCATION: 'LOCATION' } as const;
export type TrendTree = keyof typeof TrendTree;
registerEnumType(TrendTree, {
  name: 'TrendTree',
  description:
    'A declared tree of groups. No other slice can be asked for, and trees cannot be combined. The root of each is the organization.',
  valuesMap: {
    DEPARTMENT: { description: 'Departments. Two whose names differ only in spelling are one group.' },
    MANAGER: {
      description:
        'Managers with their direct and indirect reports. What a manager answers or does counts in the group above.',
    },
    LOCATION: { description: 'Locations.' },
  },
});

export const TrendStatus = { RELEASED: 'RELEASED', SUPPRESSED: 'SUPPRESSED' } as const;
export type TrendStatus = keyof typeof TrendStatus;
registerEnumType(TrendStatus, {
  name: 'TrendStatus',
  description: 'Whether a figure was released.',
  valuesMap: {
    RELEASED: { description: 'There is a figure.' },
    SUPPRESSED: {
      description:
        'There is none. One status for every reason: too few people, nobody, or a figure from which others could be worked out.',
    },
  },
});

export const TrendBound = {
  ROUNDED: 'ROUNDED',
  AT_LEAST: 'AT_LEAST',
  AT_MOST: 'AT_MOST',
  APPROXIMATE: 'APPROXIMATE',
} as const;
export type TrendBound = keyof typeof TrendBound;
registerEnumType(TrendBound, {
  name: 'TrendBound',
  description: 'How a figure relates to the exact one.',
  valuesMap: {
    ROUNDED: { description: 'Rounded to the step of the metric.' },
    AT_LEAST: {
      description:
        'The exact figure is this one, rounded, or higher. Shown instead of a figure so high that it would tell what each person answered.',
    },
    AT_MOST: {
      description:
        'The exact figure is this one, rounded, or lower. Shown instead of a figure so low that it would tell what each person answered.',
    },
    APPROXIMATE: {
      description:
        'Some parts of the group were shown lower and others higher than they are: the exact figure can lie on either side.',
    },
  },
});

export const PeopleBand = {
  FROM_5_TO_9: 'FROM_5_TO_9',
  FROM_10_TO_19: 'FROM_10_TO_19',
  FROM_20_TO_49: 'FROM_20_TO_49',
  FROM_50: 'FROM_50',
} as const;
export type PeopleBand = keyof typeof PeopleBand;
registerEnumType(PeopleBand, {
  name: 'PeopleBand',
  description:
    'How many people a figure is about: of answers, those who were asked, as a number of those who answered could tell who did; of what managers do, managers with direct reports; otherwise those whose behavior moves it.',
  valuesMap: {
    FROM_5_TO_9: { description: '5 to 9 people.' },
    FROM_10_TO_19: { description: '10 to 19 people.' },
    FROM_20_TO_49: { description: '20 to 49 people.' },
    FROM_50: { description: '50 people or more.' },
  },
});

@ObjectType({ description: 'A group of a tree, as it was in a span of time.' })
export class TrendGroup {
  @Field({
    description:
      'The key of the group within its tree, the same for as long as there is the group: `organization` for the root, otherwise the ID of the department, the location or the manager.',
  })
  key!: string;

  @Field({
    description:
      'The name of the organization, department or location in that span, or the present name of the manager.',
  })
  label!: string;

  @Field(() => String, { nullable: true, description: 'The key of the group above. Null for the root.' })
  parentKey!: string | null;

  @Field(() => CalendarDate, {
    description:
      'The first day of the first released period in which the group had this name and parent. Another name or parent is another span, with a separate series.',
  })
  validFrom!: string;

  @Field(() => CalendarDate, {
    nullable: true,
    description:
      'The last day of the last released period of that span. Null where it includes the newest released period.',
  })
  validUntil!: string | null;
}

@ObjectType({ description: 'A figure of one period.' })
export class TrendPoint {
  @Field(() => Period, { complexity: 0, description: 'The period, which is closed and released.' })
  period!: Period;

  @Field(() => TrendStatus, { description: 'Whether there is a figure.' })
  status!: TrendStatus;

  @Field(() => Float, {
    nullable: true,
    description: 'The figure, in the unit of the metric. Null where it is suppressed.',
  })
  value!: number | null;

  @Field(() => TrendBound, {
    nullable: true,
    description: 'How the figure relates to the exact one. Null where it is suppressed.',
  })
  bound!: TrendBound | null;

  @Field(() => PeopleBand, {
    nullable: true,
    description:
      'How many people could be behind the figure: of answers, those who were asked; of what managers do, managers with direct reports; otherwise those whose behavior moves it. Null where it is suppressed.',
  })
  people!: PeopleBand | null;

  @Field(() => Int, {
    description:
      'The version of the metric’s definition by which it was computed. Figures of different versions cannot be compared.',
  })
  definitionVersion!: number;
}

@ObjectType({ description: 'The figures of one group, over time.' })
export class TrendSeries {
  @Field(() => TrendGroup, { description: 'The group.' })
  group!: TrendGroup;

  @Field(() => [TrendPoint], {
    description:
      'One for each released period of the range in which there was the group, the earliest first.',
  })
  points!: TrendPoint[];
}

@ObjectType({
  description:
    'Figures of closed periods, computed once and never again: later answers, transfers, leavings and erasures change none. The same for everybody who may read them.',
})
export class EngagementTrend {
  @Field(() => TrendMetric, { description: 'What is measured.' })
  metric!: TrendMetric;

  @Field(() => Driver, {
    nullable: true,
    description: 'The driver of a PULSE_SCORE. Null for every other metric.',
  })
  driver!: Driver | null;

  @Field(() => TrendTree, { description: 'The tree of the groups.' })
  tree!: TrendTree;

  @Field(() => Int, {
    nullable: true,
    description:
      'The fewest people behind a figure of the last released period of the range. Null where no period of it is released.',
  })
  minimumGroupSize!: number | null;

  @Field(() => Float, { description: 'The step to which figures are rounded.' })
  roundedTo!: number;

  @Field(() => Int, {
    description: 'The version of the metric’s definition in the last released period of the range.',
  })
  definitionVersion!: number;

  @Field(() => [TrendSeries], {
    description:
      'The group that was asked for, and the groups directly below it, ordered by key and by the beginning of their span.',
  })
  series!: TrendSeries[];
}
