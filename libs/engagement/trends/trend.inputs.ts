import { ArgsType, Field } from '@nestjs/graphql';
import { IsOptional, MaxLength } from 'class-validator';
import { Driver } from '../pulses/pulse.model.js';
import { Granularity } from './granularity.model.js';
import { TrendMetric } from './trend-metric.js';
import { TrendTree } from './trend.model.js';

/** No key of a group or period is longer. */
const LONGEST_KEY = 100;

@ArgsType()
export class EngagementTrendArgs {
  @Field(() => TrendMetric, { description: 'What to measure.' })
  metric!: TrendMetric;

  @IsOptional()
  @Field(() => Driver, {
    nullable: true,
    description:
      'The driver. Required for PULSE_SCORE, where it can be any but RECOMMEND, and refused for every other metric.',
  })
  driver?: Driver | null;

  @Field(() => TrendTree, { description: 'The tree of the groups.' })
  tree!: TrendTree;

  @IsOptional()
  @MaxLength(LONGEST_KEY)
  @Field(() => String, {
    nullable: true,
    description:
      'The key of a group, which is returned with the groups directly below it. Default: `organization`, the root.',
  })
  group?: string | null;

  @Field(() => Granularity, {
    description:
      'The length of the periods. PULSE_SCORE has months and quarters, every other metric quarters only.',
  })
  granularity!: Granularity;

  @MaxLength(LONGEST_KEY)
  @Field({ description: 'The first period, for example 2026-05 for MONTH or 2026-Q2 for QUARTER.' })
  from!: string;

  @MaxLength(LONGEST_KEY)
  @Field({ description: 'The last period, at most 24 months in all.' })
  to!: string;
}
