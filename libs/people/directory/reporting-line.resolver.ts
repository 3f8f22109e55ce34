import { Args, Context, Mutation, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import type { PersonContext } from '#db';
import { CurrentContext, RequestContext } from '#graphql';
import type { PersonRow } from './person.entity.js';
import { PersonLoader } from './person.loader.js';
import { Person, PersonPayload } from './person.model.js';
import { ChangeReportingLineInput } from './reporting-line.inputs.js';
import { ReportingLine } from './reporting-line.model.js';
import type { ReportingLineRow } from './reporting-line.repository.js';
import { ReportingLineService } from './reporting-line.service.js';

@Resolver(() => ReportingLine)
export class ReportingLineResolver {
  constructor(
    private readonly people: PersonLoader,
    private readonly service: ReportingLineService,
  ) {}

  @ResolveField(() => Person, { description: 'The person who is reported to.' })
  manager(@Parent() line: ReportingLineRow, @Context() ctx: RequestContext): Promise<PersonRow | null> {
    return this.people.byId(ctx).load(line.managerId);
  }

  @ResolveField(() => Person, { description: 'The person who reports.' })
  report(@Parent() line: ReportingLineRow, @Context() ctx: RequestContext): Promise<PersonRow | null> {
    return this.people.byId(ctx).load(line.reportId);
  }

  @Mutation(() => PersonPayload, {
    description:
      'Changes whom a person reports to from a day on. For PEOPLE_ADMIN. BAD_USER_INPUT when the lines would form a cycle.',
  })
  async changeReportingLine(
    @Args('input', { description: 'The person, the manager and the day.' }) input: ChangeReportingLineInput,
    @CurrentContext() ctx: PersonContext,
  ): Promise<{ person: PersonRow }> {
    return { person: await this.service.change(ctx, input) };
  }
}
