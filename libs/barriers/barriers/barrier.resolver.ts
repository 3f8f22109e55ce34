import { Args, Query, Resolver } from '@nestjs/graphql';
import type { PersonContext } from '#db';
import { CurrentContext, type Page } from '#graphql';
import type { BarrierRow } from './barrier.entity.js';
import { BarriersArgs } from './barrier.inputs.js';
import { Barrier, BarrierConnection } from './barrier.model.js';
import { BarrierService } from './barrier.service.js';

@Resolver(() => Barrier)
export class BarrierResolver {
  constructor(private readonly service: BarrierService) {}

  @Query(() => BarrierConnection, {
    nullable: true,
    description:
      "The organization's barriers, by the day on which they appeared, newest first; in no order within a day. Filters are combined.",
  })
  barriers(@CurrentContext() ctx: PersonContext, @Args() args: BarriersArgs): Promise<Page<BarrierRow>> {
    return this.service.page(ctx, args);
  }
}
