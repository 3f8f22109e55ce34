import { Args, Context, Mutation, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import type { PersonContext } from '#db';
import { PersonalGoalShare, PersonalGoalShareLoader, type PersonalGoalShareRow } from '#goals';
import { CalendarDate, CurrentContext, RequestContext, type Loader } from '#graphql';
import { Person, PersonLoader, ViewerModel, type PersonRow } from '#people';
import type { MandateRow } from '../mandates/mandate.entity.js';
import { MandateLoader } from '../mandates/mandate.loader.js';
import { Mandate } from '../mandates/mandate.model.js';
import type { ActionItemRow } from '../promises/action-item.entity.js';
import { ActionItemLoader } from '../promises/action-item.loader.js';
import { ActionItem, ActionItemPayload } from '../promises/action-item.model.js';
import type { HandoverOfferRow, HandoverRow, OfferKind } from './handover.entity.js';
import { AdoptActionItemInput, CompleteHandoverInput } from './handover.inputs.js';
import { HandoverLoader } from './handover.loader.js';
import { Handover, HandoverPayload, OfferedMandate, OfferedPromise } from './handover.model.js';
import { HandoverService } from './handover.service.js';

@Resolver(() => Handover)
export class HandoverResolver {
  constructor(
    private readonly service: HandoverService,
    private readonly loader: HandoverLoader,
    private readonly people: PersonLoader,
    private readonly shares: PersonalGoalShareLoader,
    private readonly items: ActionItemLoader,
    private readonly mandates: MandateLoader,
  ) {}

  @ResolveField(() => Person, { description: 'The person whose manager changed.' })
  person(@Parent() handover: HandoverRow, @Context() ctx: RequestContext): Promise<PersonRow | null> {
    return this.people.byId(ctx).load(handover.personId);
  }

  @ResolveField(() => Person, { description: 'The former manager.' })
  from(@Parent() handover: HandoverRow, @Context() ctx: RequestContext): Promise<PersonRow | null> {
    return this.people.byId(ctx).load(handover.fromId);
  }

  @ResolveField(() => Person, {
    nullable: true,
    description:
      'The new manager: the present one until the handover is completed, then the one who got it. Null while there is none.',
  })
  to(@Parent() { toId }: HandoverRow, @Context() ctx: RequestContext): Promise<PersonRow | null> | null {
    return toId === null ? null : this.people.byId(ctx).load(toId);
  }

  @ResolveField(() => [PersonalGoalShare], {
    description:
      'What the person shared with the former manager when the change came, newest first. Empty for the new manager.',
  })
  formerShares(
    @Parent() { shareIds }: HandoverRow,
    @Context() ctx: RequestContext,
  ): Promise<PersonalGoalShareRow[]> {
    return found(this.shares.byId(ctx), shareIds);
  }

  @ResolveField(() => [ActionItem], {
    description:
      'The open action items of both in the one-to-one with the former manager, oldest first. Empty for the new manager.',
  })
  openActionItems(
    @Parent() { actionItemIds }: HandoverRow,
    @Context() ctx: RequestContext,
  ): Promise<ActionItemRow[]> {
    return found(this.items.byId(ctx), actionItemIds);
  }

  @ResolveField(() => [Mandate], {
    description:
      'The mandates of the former manager that ended with the change, oldest first. Empty for the new manager.',
  })
  formerMandates(
    @Parent() { mandateIds }: HandoverRow,
    @Context() ctx: RequestContext,
  ): Promise<MandateRow[]> {
    return found(this.mandates.byId(ctx), mandateIds);
  }

  @ResolveField(() => [OfferedPromise], {
    description: 'The promises that the person offers, in their own words.',
  })
  offered(@Parent() { id }: HandoverRow, @Context() ctx: RequestContext): Promise<HandoverOfferRow[]> {
    return this.offers(ctx, id, 'PROMISE');
  }

  @ResolveField(() => [OfferedMandate], {
    description: 'The mandates of the former manager that the person offers to the new one.',
  })
  offeredMandates(
    @Parent() { id }: HandoverRow,
    @Context() ctx: RequestContext,
  ): Promise<HandoverOfferRow[]> {
    return this.offers(ctx, id, 'MANDATE');
  }

  @Mutation(() => HandoverPayload, {
    description:
      'Passes on what the viewer chooses, once: shares goals with the new manager, under the same rules as `shareGoal`, and offers mandates and promises to them. All of it or nothing.',
  })
  async completeHandover(
    @CurrentContext() ctx: PersonContext,
    @Args('input', { description: 'What the new manager gets.' }) input: CompleteHandoverInput,
  ): Promise<{ handover: HandoverRow }> {
    return { handover: await this.service.complete(ctx, input) };
  }

  @Mutation(() => ActionItemPayload, {
    description:
      'Adopts an offered promise: adds an action item, owned by the viewer, to their open one-to-one with the person. The former record does not change.',
  })
  async adoptActionItem(
    @CurrentContext() ctx: PersonContext,
    @Args('input', { description: 'The promise to adopt.' }) { id }: AdoptActionItemInput,
  ): Promise<ActionItemPayload> {
    return { actionItem: await this.service.adopt(ctx, id) };
  }

  private async offers(ctx: RequestContext, id: string, kind: OfferKind): Promise<HandoverOfferRow[]> {
    return ((await this.loader.offers(ctx).load(id)) ?? []).filter((offer) => offer.kind === kind);
  }
}

@Resolver(() => OfferedPromise)
export class OfferedPromiseResolver {
  constructor(private readonly items: ActionItemLoader) {}

  @ResolveField(() => CalendarDate, {
    nullable: true,
    description: 'The due date that the person asks for. Null without one.',
  })
  dueOn(@Parent() { day }: HandoverOfferRow): string | null {
    return day;
  }

  @ResolveField(() => ActionItem, {
    nullable: true,
    description: 'The action item as which the new manager adopted it. Null before.',
  })
  adopted(
    @Parent() { actionItemId }: HandoverOfferRow,
    @Context() ctx: RequestContext,
  ): Promise<ActionItemRow | null> | null {
    return actionItemId === null ? null : this.items.byId(ctx).load(actionItemId);
  }
}

@Resolver(() => OfferedMandate)
export class OfferedMandateResolver {
  constructor(private readonly mandates: MandateLoader) {}

  @ResolveField(() => CalendarDate, {
    nullable: true,
    description: 'The last day of the former mandate. Null without one.',
  })
  lastDay(@Parent() { day }: HandoverOfferRow): string | null {
    return day;
  }

  @ResolveField(() => Mandate, {
    nullable: true,
    description: 'The mandate as which the new manager granted it. Null before.',
  })
  granted(
    @Parent() { mandateId }: HandoverOfferRow,
    @Context() ctx: RequestContext,
  ): Promise<MandateRow | null> | null {
    return mandateId === null ? null : this.mandates.byId(ctx).load(mandateId);
  }
}

@Resolver(() => ViewerModel)
export class ViewerHandoversResolver {
  constructor(private readonly service: HandoverService) {}

  @ResolveField(() => [Handover], {
    description:
      'Changes of the viewer’s manager in the last 90 days with something to pass on, those that they completed, and those that offer the viewer something as the new manager; newest first.',
  })
  handovers(@CurrentContext() ctx: PersonContext): Promise<HandoverRow[]> {
    return this.service.list(ctx);
  }
}

/** The rows with these IDs that the viewer can see. */
async function found<Row extends object>(
  loader: Loader<string, Row>,
  ids: readonly string[],
): Promise<Row[]> {
  const loaded = await loader.loadMany([...ids]);
  return loaded.filter((one): one is Row => one !== null && !(one instanceof Error));
}
