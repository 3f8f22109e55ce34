import { Args, Context, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { type Page, PageArgs, RequestContext } from '#graphql';
import { Person, PersonLoader, type PersonRow } from '#people';
import type { OneToOneRow } from '../pairs/one-to-one.entity.js';
import { OneToOneLoader } from '../pairs/one-to-one.loader.js';
import { OneToOne } from '../pairs/one-to-one.model.js';
import type { MandateRow } from './mandate.entity.js';
import { MandateLoader } from './mandate.loader.js';
import { Mandate, MandateConnection } from './mandate.model.js';

@Resolver(() => Mandate)
export class MandateFieldsResolver {
  constructor(
    private readonly people: PersonLoader,
    private readonly oneToOnes: OneToOneLoader,
  ) {}

  @ResolveField(() => OneToOne, {
    nullable: true,
    description:
      'The one-to-one of the two people: the one that has not ended, or the latest. Null for everybody else.',
  })
  oneToOne(
    @Parent() mandate: MandateRow,
    @Context() ctx: RequestContext,
  ): Promise<OneToOneRow | null> | null {
    const viewerId = ctx.viewer?.personId;
    if (viewerId === mandate.grantedById) return this.oneToOnes.byCounterpart(ctx).load(mandate.toId);
    if (viewerId === mandate.toId) return this.oneToOnes.byCounterpart(ctx).load(mandate.grantedById);
    return null;
  }

  @ResolveField(() => Person, { description: 'The manager who granted it.' })
  grantedBy(@Parent() mandate: MandateRow, @Context() ctx: RequestContext): Promise<PersonRow | null> {
    return this.people.byId(ctx).load(mandate.grantedById);
  }

  @ResolveField(() => Person, { description: 'The person who may decide.' })
  to(@Parent() mandate: MandateRow, @Context() ctx: RequestContext): Promise<PersonRow | null> {
    return this.people.byId(ctx).load(mandate.toId);
  }

  @ResolveField(() => Person, {
    nullable: true,
    description:
      'Which of the two asked to publish it. Null if neither has, or after the text or last day changed; null for everybody but the two people.',
  })
  publicationAskedBy(
    @Parent() mandate: MandateRow,
    @Context() ctx: RequestContext,
  ): Promise<PersonRow | null> | null {
    const { publicationAskedById } = mandate;
    return publicationAskedById === null ? null : this.people.byId(ctx).load(publicationAskedById);
  }

  @ResolveField(() => Boolean, {
    description:
      'Whether the viewer can change the text and the last day: they granted it, and it has not ended.',
  })
  viewerCanEdit(@Parent() mandate: MandateRow, @Context() ctx: RequestContext): boolean {
    return mandate.grantedById === ctx.viewer?.personId && mandate.endedAt === null;
  }
}

@Resolver(() => OneToOne)
export class OneToOneMandatesResolver {
  constructor(private readonly loader: MandateLoader) {}

  @ResolveField(() => MandateConnection, {
    description: 'The mandates that one participant has granted the other, newest first, ended ones too.',
  })
  mandates(
    @Parent() oneToOne: OneToOneRow,
    @Args() page: PageArgs,
    @Context() ctx: RequestContext,
  ): Promise<Page<MandateRow>> {
    return this.loader.byOneToOne(ctx, page).load(oneToOne.id);
  }
}

@Resolver(() => Person)
export class PersonMandatesResolver {
  constructor(private readonly loader: MandateLoader) {}

  @ResolveField(() => MandateConnection, {
    description:
      'What this person may decide for a customer without asking: the published mandates that they have, in no particular order.',
  })
  mandates(
    @Parent() person: PersonRow,
    @Args() page: PageArgs,
    @Context() ctx: RequestContext,
  ): Promise<Page<MandateRow>> {
    return this.loader.publishedByPerson(ctx, page).load(person.id);
  }
}
