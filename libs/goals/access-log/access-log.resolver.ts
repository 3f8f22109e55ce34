import { Args, Context, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { derivedId, RequestContext, ResolveId, type Page, PageArgs } from '#graphql';
import { Person, PersonLoader, ViewerModel, type PersonRow } from '#people';
import type { PersonalGoalRow } from '../personal-goals/personal-goal.entity.js';
import { PersonalGoalLoader } from '../personal-goals/personal-goal.loader.js';
import { PersonalGoal } from '../personal-goals/personal-goal.model.js';
import { AccessLogLoader } from './access-log.loader.js';
import { AccessLogConnection, AccessLogEntry } from './access-log.model.js';

@Resolver(() => AccessLogEntry)
export class AccessLogEntryResolver {
  constructor(
    private readonly goals: PersonalGoalLoader,
    private readonly people: PersonLoader,
  ) {}

  @ResolveId()
  id(@Parent() { readerId, goalId, on, kind }: AccessLogEntry): string {
    return derivedId('AccessLogEntry', readerId, goalId, on, kind);
  }

  @ResolveField(() => Person, { description: 'The person who read the goal.' })
  reader(@Parent() entry: AccessLogEntry, @Context() ctx: RequestContext): Promise<PersonRow | null> {
    return this.people.byId(ctx).load(entry.readerId);
  }

  @ResolveField(() => Person, { description: 'The owner of the goal.' })
  owner(@Parent() entry: AccessLogEntry, @Context() ctx: RequestContext): Promise<PersonRow | null> {
    return this.people.byId(ctx).load(entry.ownerId);
  }

  @ResolveField(() => PersonalGoal, {
    nullable: true,
    description: 'The goal that was read. Null once it is deleted or the viewer can no longer see it.',
  })
  goal(@Parent() entry: AccessLogEntry, @Context() ctx: RequestContext): Promise<PersonalGoalRow | null> {
    return this.goals.byId(ctx).load(entry.goalId);
  }
}

@Resolver(() => ViewerModel)
export class ViewerAccessLogResolver {
  constructor(private readonly log: AccessLogLoader) {}

  @ResolveField(() => AccessLogConnection, {
    description: 'Who read which of the viewer’s SHARED goals, newest day first.',
  })
  accessLog(@Context() ctx: RequestContext, @Args() page: PageArgs): Promise<Page<AccessLogEntry>> {
    return this.log.ofOwner(ctx, page);
  }

  @ResolveField(() => AccessLogConnection, {
    description:
      'Which goals of others the viewer has read, newest day first: the entries that the owners of those goals see.',
  })
  ownReads(@Context() ctx: RequestContext, @Args() page: PageArgs): Promise<Page<AccessLogEntry>> {
    return this.log.ofReader(ctx, page);
  }
}
