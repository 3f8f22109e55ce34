import { Args, Context, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { CalendarDate, type Page, PageArgs, RequestContext, TimeZone } from '#graphql';
import type { NamedRow } from './department-location.entity.js';
import { DepartmentLoader, LocationLoader } from './department-location.loader.js';
import { Department, Location } from './department-location.model.js';
import type { PersonRow } from './person.entity.js';
import { PersonLoader } from './person.loader.js';
import { AccountStateEnum, Person, PersonConnection, type AccountState } from './person.model.js';
import { mayReadAccountStates, mayReadExternalIds } from './person.rules.js';
import { ReportingLineLoader } from './reporting-line.loader.js';
import { ReportingLine } from './reporting-line.model.js';
import type { ReportingLineRow } from './reporting-line.repository.js';

@Resolver(() => Person)
export class PersonFieldsResolver {
  constructor(
    private readonly people: PersonLoader,
    private readonly lines: ReportingLineLoader,
    private readonly departmentLoader: DepartmentLoader,
    private readonly locationLoader: LocationLoader,
  ) {}

  @ResolveField(() => Department, { nullable: true, description: 'The department. Null when unknown.' })
  department(
    @Parent() { departmentId }: PersonRow,
    @Context() ctx: RequestContext,
  ): Promise<NamedRow | null> | null {
    return departmentId === null ? null : this.departmentLoader.byId(ctx).load(departmentId);
  }

  @ResolveField(() => Location, { nullable: true, description: 'The place of work. Null when unknown.' })
  location(
    @Parent() { locationId }: PersonRow,
    @Context() ctx: RequestContext,
  ): Promise<NamedRow | null> | null {
    return locationId === null ? null : this.locationLoader.byId(ctx).load(locationId);
  }

  @ResolveField(() => TimeZone, {
    description: "The person's time zone. It is the organization's until they set their own.",
  })
  timeZone(@Parent() { id }: PersonRow, @Context() ctx: RequestContext): Promise<string | null> {
    return this.people.timeZone(ctx).load(id);
  }

  @ResolveField(() => CalendarDate, {
    nullable: true,
    description:
      'The last day of employment. Null while none is known to the viewer: a future one is visible only to the person and PEOPLE_ADMIN.',
  })
  leftOn(@Parent() { id }: PersonRow, @Context() ctx: RequestContext): Promise<string | null> {
    return this.people.leftOn(ctx).load(id);
  }

  @ResolveField(() => String, {
    nullable: true,
    description:
      "The person's ID in the organization's HR system, by which imports match people. For PEOPLE_ADMIN and API tokens with DIRECTORY_READ; null for everybody else, and when unknown.",
  })
  externalId(@Parent() { id }: PersonRow, @Context() ctx: RequestContext): Promise<string | null> | null {
    return mayReadExternalIds(ctx.viewer) ? this.people.externalId(ctx).load(id) : null;
  }

  @ResolveField(() => AccountStateEnum, {
    nullable: true,
    description: 'Whether the person can sign in. For PEOPLE_ADMIN; null for everybody else.',
  })
  account(@Parent() { id }: PersonRow, @Context() ctx: RequestContext): Promise<AccountState | null> | null {
    return mayReadAccountStates(ctx.viewer) ? this.people.accountState(ctx).load(id) : null;
  }

  @ResolveField(() => Person, {
    nullable: true,
    description: 'The manager of the PRIMARY reporting line today. Null when the person reports to nobody.',
  })
  async manager(@Parent() { id }: PersonRow, @Context() ctx: RequestContext): Promise<PersonRow | null> {
    const managerId = await this.lines.managerId(ctx).load(id);
    return managerId === null ? null : this.people.byId(ctx).load(managerId);
  }

  @ResolveField(() => PersonConnection, {
    description: 'The people whose PRIMARY manager today is this person, ordered by name.',
  })
  directReports(
    @Parent() { id }: PersonRow,
    @Args() page: PageArgs,
    @Context() ctx: RequestContext,
  ): Promise<Page<PersonRow>> {
    return this.people.directReports(ctx, page).load(id);
  }

  @ResolveField(() => [ReportingLine], {
    description:
      'The reporting lines in which this person is the report: past, present and, as far as the viewer may see them, future. Newest first.',
  })
  async reportingLines(
    @Parent() { id }: PersonRow,
    @Context() ctx: RequestContext,
  ): Promise<ReportingLineRow[]> {
    return (await this.lines.ofReport(ctx).load(id)) ?? [];
  }
}
