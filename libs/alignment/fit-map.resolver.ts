import { Args, Context, ID, Parent, Resolver } from '@nestjs/graphql';
import { BusinessGoal, BusinessGoalLoader, type BusinessGoalRow } from '#business-goals';
import { PersonalGoal, PersonalGoalLoader, type PersonalGoalRow } from '#goals';
import { IdPipe, RequestContext, ResolveField } from '#graphql';
import { Person, PersonLoader, type PersonRow } from '#people';
import type { AlignmentRow } from './alignment.entity.js';
import { Alignment } from './alignment.model.js';
import { FitMapLoader } from './fit-map.loader.js';
import { FitMap } from './fit-map.model.js';
import type { OwnFit } from './fit-map.repository.js';

@Resolver(() => Person)
export class PersonFitMapResolver {
  @ResolveField(() => FitMap, { description: 'How work fits their life, as far as the viewer may see it.' })
  fitMap(
    @Parent() person: PersonRow,
    @Args('cycleId', { type: () => ID, nullable: true, description: 'Of this cycle only.' }, IdPipe)
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

  @ResolveField(() => Person, { description: 'Whose life.' })
  person(@Parent() map: FitMap, @Context() ctx: RequestContext): Promise<PersonRow | null> {
    return this.people.byId(ctx).load(map.personId);
  }

  @ResolveField(() => [Alignment], {
    description:
      'What is placed in goals that the viewer may see, newest first (at most 200). With a cycle, only of business goals of it that the viewer may see.',
  })
  placements(@Parent() map: FitMap, @Context() ctx: RequestContext): Promise<AlignmentRow[]> {
    return this.fitMaps.placements(ctx, map);
  }

  @ResolveField(() => [PersonalGoal], {
    nullable: true,
    description:
      'Life beyond work, which is no fault: own goals, ACTIVE or RESTING, that no business goal (of the cycle) is part of. The person’s alone, null to anybody else.',
  })
  beyondWork(@Parent() map: FitMap, @Context() ctx: RequestContext): Promise<PersonalGoalRow[] | null> {
    return this.listed(ctx, map, this.personalGoals.byId(ctx), ({ beyondWorkIds }) => beyondWorkIds);
  }

  @ResolveField(() => [BusinessGoal], {
    nullable: true,
    description:
      'Business goals carried that are part of none of their goals: what to think or talk about. The person’s alone, null to anybody else.',
  })
  unplaced(@Parent() map: FitMap, @Context() ctx: RequestContext): Promise<BusinessGoalRow[] | null> {
    return this.listed(ctx, map, this.businessGoals.byId(ctx), ({ unplacedIds }) => unplacedIds);
  }

  @ResolveField(() => [BusinessGoal], {
    nullable: true,
    description:
      'Business goals that they own or are assigned to and that are not ACHIEVED, MISSED or CANCELLED. The person’s alone, null to anybody else.',
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
