import { Args, Mutation, Resolver } from '@nestjs/graphql';
import type { PersonContext } from '#db';
import { CurrentContext, type EditConflict } from '#graphql';
import {
  EndMandateInput,
  GrantMandateInput,
  PublishMandateInput,
  UnpublishMandateInput,
  UpdateMandateInput,
} from './mandate.inputs.js';
import { Mandate, MandatePayload, UpdateMandateResult } from './mandate.model.js';
import { MandateService } from './mandate.service.js';

@Resolver(() => Mandate)
export class MandateMutationsResolver {
  constructor(private readonly service: MandateService) {}

  @Mutation(() => MandatePayload, {
    description:
      'Grants a mandate to a person who reports to the viewer, in a line of either kind. It ends with that line.',
  })
  async grantMandate(
    @CurrentContext() ctx: PersonContext,
    @Args('input', { description: 'The mandate to grant.' }) input: GrantMandateInput,
  ): Promise<MandatePayload> {
    return { mandate: await this.service.grant(ctx, input) };
  }

  @Mutation(() => UpdateMandateResult, {
    description:
      'Updates a mandate. Only the manager who granted it can. A change takes its publication back, because both agreed to the text as it was.',
  })
  updateMandate(
    @CurrentContext() ctx: PersonContext,
    @Args('input', { description: 'The changes, and the version that they are based on.' })
    input: UpdateMandateInput,
  ): Promise<MandatePayload | EditConflict> {
    return this.service.update(ctx, input);
  }

  @Mutation(() => MandatePayload, {
    description:
      'Ends a mandate for good. Either of its two people can. Ending one that has ended changes nothing.',
  })
  async endMandate(
    @CurrentContext() ctx: PersonContext,
    @Args('input', { description: 'The mandate to end.' }) { id }: EndMandateInput,
  ): Promise<MandatePayload> {
    return { mandate: await this.service.end(ctx, id) };
  }

  @Mutation(() => MandatePayload, {
    description:
      'Publishes a mandate to the organization. Needs both people: the first asks, the second agrees.',
  })
  async publishMandate(
    @CurrentContext() ctx: PersonContext,
    @Args('input', { description: 'The mandate to publish.' }) input: PublishMandateInput,
  ): Promise<MandatePayload> {
    return { mandate: await this.service.publish(ctx, input) };
  }

  @Mutation(() => MandatePayload, {
    description:
      'Takes the publication of a mandate, or a request for it, back. Either of its two people can.',
  })
  async unpublishMandate(
    @CurrentContext() ctx: PersonContext,
    @Args('input', { description: 'The mandate that is not to be published any longer.' })
    { id }: UnpublishMandateInput,
  ): Promise<MandatePayload> {
    return { mandate: await this.service.unpublish(ctx, id) };
  }
}
