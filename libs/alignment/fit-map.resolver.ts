import { Args, Context, ID, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { BusinessGoal, BusinessGoalLoader, type BusinessGoalRow } from '#business-goals';
import { PersonalGoal, PersonalGoalLoader, type PersonalGoalRow } from '#goals';
import { derivedId, IdPipe, RequestContext, ResolveId } from '#graphql';
import { Person, PersonLoader, type PersonRow } from '#people';
import type { AlignmentRow } from './alignment.entity.js';
import { Alignment } from './alignment.model.js';
import { FitMapLoader } from './fit-map.loader.js';
import { FitMap } from './fit-map.model.js';
import type { OwnFit } from './fit-map.repository.js';

@Resolver(() => Person)
export class PersonFitMapResolver {
  @ResolveField(() => FitMap, {
    description: 'How work fits into this person’s life, as far as the viewer can see it.',
  })
  fitMap(
    @Parent() person: PersonRow,
    @Args(
      'cycleId',
      { type: () => ID, nullable: true, description: 'Returns only business goals of this cycle.' },
      IdPipe,
    )
    cycleId: string | null,
  ): FitMap {
    return { personId: person.id, cycleId };
  }
}

@Resolver(() => FitMap)
export class FitMapResolver {
  constructor(
    private readonly fitMaps: FitMapLoader,
    private readonly people: PersonLoader,
    private readonly personalGoals: PersonalGoalLoader,
    private readonly businessGoals: BusinessGoalLoader,
  ) {}

  @ResolveId()
  id(@Parent() { personId, cycleId }: FitMap): string {
    const ofAllCycles = derivedId('FitMap', personId);
    // Contains the cycle as it was asked for, so that a hidden cycle and one that does not exist have the same response.
    return cycleId === null ? ofAllCycles : `${ofAllCycles}.${cycleId}`;
  }

  @ResolveField(() => Person, { description: 'The person whom the map is about.' })
  person(@Parent() map: FitMap, @Context() ctx: RequestContext): Promise<PersonRow | null> {
    return this.people.byId(ctx).load(map.personId);
  }

  @ResolveField(() => [Alignment], {
    description:
      'The placements in goals that the viewer can see, at most 200. For the person the newest come first. With a cycle, only those of its business goals that the viewer can see.',
  })
  placements(@Parent() map: FitMap, @Context() ctx: RequestContext): Promise<AlignmentRow[]> {
    return this.fitMaps.placements(ctx, map);
  }

  @ResolveField(() => [PersonalGoal], {
    nullable: true,
    description:
      'Life beyond work: the person’s ACTIVE and RESTING goals that contain no business goal (of the cycle, if one is given). Visible to the person only; null for others.',
  })
  beyondWork(@Parent() map: FitMap, @Context() ctx: RequestContext): Promise<PersonalGoalRow[] | null> {
    return this.listed(ctx, map, this.personalGoals.byId(ctx), ({ beyondWorkIds }) => beyondWorkIds);
  }

  @ResolveField(() => [BusinessGoal], {
    nullable: true,
    description:
      'The `carried` business goals that are part of none of the person’s goals. Visible to the person only; null for others.',
  })
  unplaced(@Parent() map: FitMap, @Context() ctx: RequestContext): Promise<BusinessGoalRow[] | null> {
    return this.listed(ctx, map, this.businessGoals.byId(ctx), ({ unplacedIds }) => unplacedIds);
  }

  @ResolveField(() => [BusinessGoal], {
    nullable: true,
    description:
      'The business goals that the person owns or is assigned to, except ACHIEVED, MISSED and CANCELLED ones. Visible to the person only; null for others.',
  })
  carried(@Parent() map: FitMap, @Context() ctx: RequestContext): Promise<BusinessGoalRow[] | null> {
    return this.listed(ctx, map, this.businessGoals.byId(ctx), ({ carriedIds }) => carriedIds);
  }

  private async listed<Row>(
    ctx: RequestContext,
    map: FitMap,
    loader: { load(id: string): Promise<Row | null> },
    idsOf: (own: OwnFit) => readonly string[],
  ): Promise<Row[] | null> {
    const own = await this.fitMaps.own(ctx, map);
    if (!own) return null;
    const found = await Promise.all(idsOf(own).map((id) => loader.load(id)));
    return found.filter((one) => one !== null);
  }
}
