import { Args, Mutation, ResolveField, Resolver } from '@nestjs/graphql';
import type { PersonContext } from '#db';
import { CurrentContext } from '#graphql';
import { AllowFormerEmployees } from '#identity';
import { ViewerModel } from '#people';
import type { ErasureRow } from './erasure.entity.js';
import { EraseMyDataInput, EraseMyDataPayload, Erasure } from './erasure.model.js';
import { ErasureService } from './erasure.service.js';

@Resolver(() => EraseMyDataPayload)
export class ErasureMutationsResolver {
  constructor(private readonly service: ErasureService) {}

  @AllowFormerEmployees()
  @Mutation(() => EraseMyDataPayload, {
    description:
      'Requests the erasure of everything that the viewer wrote, everywhere, in 7 days. They receive a mail. With `dryRun` it only previews. A request that is pending already stays as it is.',
  })
  async eraseMyData(
    @CurrentContext() ctx: PersonContext,
    @Args('input', { description: 'Whether only to preview.' }) { dryRun }: EraseMyDataInput,
  ): Promise<EraseMyDataPayload> {
    return dryRun ? { erasure: await this.service.pending(ctx) } : this.service.request(ctx);
  }

  @AllowFormerEmployees()
  @Mutation(() => EraseMyDataPayload, {
    description: 'Cancels the viewer’s pending erasure. Without one, nothing changes.',
  })
  cancelErasure(@CurrentContext() ctx: PersonContext): Promise<EraseMyDataPayload> {
    return this.service.cancel(ctx);
  }

  @ResolveField()
  preview(@CurrentContext() ctx: PersonContext): Promise<string[]> {
    return this.service.preview(ctx);
  }
}

@Resolver(() => Erasure)
export class ErasureFieldsResolver {
  constructor(private readonly service: ErasureService) {}

  @ResolveField()
  preview(@CurrentContext() ctx: PersonContext): Promise<string[]> {
    return this.service.preview(ctx);
  }
}

@Resolver(() => ViewerModel)
export class ViewerErasureResolver {
  constructor(private readonly service: ErasureService) {}

  @ResolveField(() => Erasure, {
    nullable: true,
    description: 'The viewer’s request to erase what they wrote, until it is carried out or cancelled.',
  })
  erasure(@CurrentContext() ctx: PersonContext): Promise<ErasureRow | null> {
    return this.service.pending(ctx);
  }
}
