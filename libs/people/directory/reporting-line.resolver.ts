import { Context, Parent, Resolver } from '@nestjs/graphql';
import { RequestContext, ResolveField } from '#graphql';
import type { PersonRow } from './person.entity.js';
import { PersonLoader } from './person.loader.js';
import { Person } from './person.model.js';
import { ReportingLine } from './reporting-line.model.js';
import type { ReportingLineRow } from './reporting-line.repository.js';

@Resolver(() => ReportingLine)
export class ReportingLineResolver {
  constructor(private readonly people: PersonLoader) {}

  @ResolveField(() => Person, { description: 'To whom.' })
  manager(@Parent() line: ReportingLineRow, @Context() ctx: RequestContext): Promise<PersonRow | null> {
    return this.people.byId(ctx).load(line.managerId);
  }

  @ResolveField(() => Person, { description: 'Who reports.' })
  report(@Parent() line: ReportingLineRow, @Context() ctx: RequestContext): Promise<PersonRow | null> {
    return this.people.byId(ctx).load(line.reportId);
  }
}
