import { Args, Context, Parent, Resolver } from '@nestjs/graphql';
import { Operation, type Page, PageArgs, ResolveField } from '#graphql';
import { Person, PersonLoader, ViewerModel, type PersonRow } from '#people';
import { AccessLogLoader } from './access-log.loader.js';
import { AccessLogConnection, AccessLogEntry } from './access-log.model.js';
import type { PersonalGoalRow } from './personal-goal.entity.js';
import { PersonalGoalLoader } from './personal-goal.loader.js';
import { PersonalGoal } from './personal-goal.model.js';

@Resolver(() => AccessLogEntry)
export class AccessLogEntryResolver {
  constructor(
    private readonly goals: PersonalGoalLoader,
    private readonly people: PersonLoader,
  ) {}

  @ResolveField(() => Person, { description: 'Who was shown it.' })
  reader(@Parent() entry: AccessLogEntry, @Context() op: Operation): Promise<PersonRow | null> {
    return this.people.byId(op).load(entry.readerId);
  }

  @ResolveField(() => Person, { description: 'Whose goal it was.' })
  owner(@Parent() entry: AccessLogEntry, @Context() op: Operation): Promise<PersonRow | null> {
    return this.people.byId(op).load(entry.ownerId);
  }

  @ResolveField(() => PersonalGoal, {
    nullable: true,
    description: 'The goal; null once deleted or no longer visible to the viewer.',
  })
  goal(@Parent() entry: AccessLogEntry, @Context() op: Operation): Promise<PersonalGoalRow | null> {
    return this.goals.byId(op).load(entry.goalId);
  }
}

@Resolver(() => ViewerModel)
export class ViewerAccessLogResolver {
  constructor(private readonly log: AccessLogLoader) {}

  @ResolveField(() => AccessLogConnection, {
    description: 'Who was shown a goal of mine, on which day, listed or opened. Newest day first.',
  })
  accessLog(@Context() op: Operation, @Args() page: PageArgs): Promise<Page<AccessLogEntry>> {
    return this.log.ofOwner(op, page);
  }

  @ResolveField(() => AccessLogConnection, {
    description: 'What the viewer looked at, as the owners see it. Newest day first.',
  })
  ownReads(@Context() op: Operation, @Args() page: PageArgs): Promise<Page<AccessLogEntry>> {
    return this.log.ofReader(op, page);
  }
}
