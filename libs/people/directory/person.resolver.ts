import { Args, Context, ID, Mutation, Parent, Query, Resolver } from '@nestjs/graphql';
import type { PersonContext, ViewerContext } from '#db';
import {
  CalendarDate,
  CurrentContext,
  IdPipe,
  type Page,
  PageArgs,
  RequestContext,
  ResolveField,
  TimeZone,
  ViewerOrToken,
} from '#graphql';
import { ForTokens } from '#identity';
import type { DepartmentRow } from './department.entity.js';
import { DepartmentLoader } from './department.loader.js';
import { Department } from './department.model.js';
import type { LocationRow } from './location.entity.js';
import { LocationLoader } from './location.loader.js';
import { Location } from './location.model.js';
import type { PersonRow } from './person.entity.js';
import {
  ChangeReportingLineInput,
  CreatePersonInput,
  EndEmploymentInput,
  PeopleArgs,
  UpdateMyProfileInput,
  UpdatePersonInput,
} from './person.inputs.js';
import { PersonLoader } from './person.loader.js';
import { Person, PersonConnection } from './person.model.js';
import { PersonPayload } from './person.payloads.js';
import { PersonService } from './person.service.js';
import { ReportingLineLoader } from './reporting-line.loader.js';
import { ReportingLine } from './reporting-line.model.js';
import type { ReportingLineRow } from './reporting-line.repository.js';
import { ReportingLineService } from './reporting-line.service.js';

@Resolver(() => Person)
export class PersonResolver {
  constructor(
    private readonly loader: PersonLoader,
    private readonly service: PersonService,
    private readonly lines: ReportingLineLoader,
    private readonly reporting: ReportingLineService,
    private readonly departments: DepartmentLoader,
    private readonly locations: LocationLoader,
  ) {}

  @ForTokens('DIRECTORY_READ')
  @Query(() => Person, {
    nullable: true,
    description: 'Somebody in the directory, also after the end of their employment.',
  })
  person(
    @Args('id', { type: () => ID, description: 'Who.' }, IdPipe) id: string,
    @Context() ctx: RequestContext,
  ): Promise<PersonRow | null> {
    return this.loader.byId(ctx).load(id);
  }

  @ForTokens('DIRECTORY_READ')
  @Query(() => PersonConnection, { nullable: true, description: "The organization's people, by name." })
  people(@Args() args: PeopleArgs, @ViewerOrToken() ctx: ViewerContext): Promise<Page<PersonRow>> {
    return this.service.page(ctx, args);
  }

  @ResolveField(() => Department, { nullable: true, description: 'Where they belong.' })
  department(
    @Parent() person: PersonRow,
    @Context() ctx: RequestContext,
  ): Promise<DepartmentRow | null> | null {
    return person.departmentId === null ? null : this.departments.byId(ctx).load(person.departmentId);
  }

  @ResolveField(() => Location, { nullable: true, description: 'Where they work.' })
  location(@Parent() person: PersonRow, @Context() ctx: RequestContext): Promise<LocationRow | null> | null {
    return person.locationId === null ? null : this.locations.byId(ctx).load(person.locationId);
  }

  @ResolveField(() => TimeZone, {
    description: "Their time zone: the organization's until they set their own.",
  })
  timeZone(@Parent() person: PersonRow, @Context() ctx: RequestContext): Promise<string | null> {
    return this.loader.timeZone(ctx).load(person.id);
  }

  @ResolveField(() => CalendarDate, {
    nullable: true,
    description: 'The last day of their employment. One in the future only for the person and PEOPLE_ADMIN.',
  })
  endedOn(@Parent() person: PersonRow, @Context() ctx: RequestContext): Promise<string | null> {
    return this.loader.endedOn(ctx).load(person.id);
  }

  @ResolveField(() => Person, { nullable: true, description: 'To whom they report today (PRIMARY).' })
  async manager(@Parent() person: PersonRow, @Context() ctx: RequestContext): Promise<PersonRow | null> {
    const id = await this.lines.managerId(ctx).load(person.id);
    return id === null ? null : this.loader.byId(ctx).load(id);
  }

  @ResolveField(() => PersonConnection, { description: 'Who reports to them today (PRIMARY), by name.' })
  directReports(
    @Parent() person: PersonRow,
    @Args() page: PageArgs,
    @Context() ctx: RequestContext,
  ): Promise<Page<PersonRow>> {
    return this.loader.directReports(ctx, page).load(person.id);
  }

  @ResolveField(() => [ReportingLine], {
    description: 'To whom they have reported, report and will report, newest first.',
  })
  async reportingLines(
    @Parent() person: PersonRow,
    @Context() ctx: RequestContext,
  ): Promise<ReportingLineRow[]> {
    return (await this.lines.ofReport(ctx).load(person.id)) ?? [];
  }

  @Mutation(() => PersonPayload, { description: 'Adds somebody to the directory. For PEOPLE_ADMIN.' })
  async createPerson(
    @Args('input', { description: 'Who they are.' }) input: CreatePersonInput,
    @CurrentContext() ctx: PersonContext,
  ): Promise<{ person: PersonRow }> {
    return { person: await this.service.create(ctx, input) };
  }

  @Mutation(() => PersonPayload, {
    description: "Changes somebody's entry in the directory. For PEOPLE_ADMIN.",
  })
  async updatePerson(
    @Args('input', { description: 'What changes.' }) input: UpdatePersonInput,
    @CurrentContext() ctx: PersonContext,
  ): Promise<{ person: PersonRow }> {
    return { person: await this.service.update(ctx, input) };
  }

  @Mutation(() => PersonPayload, { description: "What only the person settles: the viewer's own." })
  async updateMyProfile(
    @Args('input', { description: 'What changes.' }) input: UpdateMyProfileInput,
    @CurrentContext() ctx: PersonContext,
  ): Promise<{ person: PersonRow }> {
    return { person: await this.service.setTimeZone(ctx, input.timeZone) };
  }

  @Mutation(() => PersonPayload, {
    description:
      'Says to whom somebody reports from a day on; what was planned for later is taken back. For PEOPLE_ADMIN.',
  })
  async changeReportingLine(
    @Args('input', { description: 'Who reports to whom, and from when.' }) input: ChangeReportingLineInput,
    @CurrentContext() ctx: PersonContext,
  ): Promise<{ person: PersonRow }> {
    return { person: await this.reporting.change(ctx, input) };
  }

  @Mutation(() => PersonPayload, {
    description:
      'Sets the last day of an employment, or takes it back. Reporting lines end with it, and go on again with it. For PEOPLE_ADMIN.',
  })
  async endEmployment(
    @Args('input', { description: 'Whose, and when.' }) input: EndEmploymentInput,
    @CurrentContext() ctx: PersonContext,
  ): Promise<{ person: PersonRow }> {
    return { person: await this.service.endEmployment(ctx, input) };
  }
}
