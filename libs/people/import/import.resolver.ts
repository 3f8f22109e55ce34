import { Args, Context, Mutation, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import type { ViewerContext } from '#db';
import { derivedId, LargeInput, type Page, PageArgs, RequestContext, ViewerOrToken } from '#graphql';
import { ForTokens } from '#identity';
import { Organization } from '../organization/organization.model.js';
import type { PersonRow } from '../directory/person.entity.js';
import { PersonLoader } from '../directory/person.loader.js';
import { Person } from '../directory/person.model.js';
import type { ImportReportRow } from './import.entity.js';
import { ImportPeopleInput } from './import.inputs.js';
import { ImportPeoplePayload, ImportReport, ImportReportConnection, ImportRowError } from './import.model.js';
import { ImportService } from './import.service.js';

@Resolver(() => Organization)
export class OrganizationImportResolver {
  constructor(private readonly service: ImportService) {}

  @ResolveField(() => ImportReportConnection, {
    nullable: true,
    description:
      'Imports and dry runs, newest first. For PEOPLE_ADMIN, and for API tokens with DIRECTORY_WRITE, which see their own; NOT_PERMITTED and null for others.',
  })
  importReports(@Args() page: PageArgs, @ViewerOrToken() ctx: ViewerContext): Promise<Page<ImportReportRow>> {
    return this.service.reports(ctx, page);
  }

  @ForTokens('DIRECTORY_WRITE')
  @LargeInput()
  @Mutation(() => ImportPeoplePayload, {
    description:
      'Updates the directory from a file, completely or not at all. People who are not in the file are not changed. While an import is running, other changes of the directory wait or return UNAVAILABLE. For PEOPLE_ADMIN and API tokens with DIRECTORY_WRITE.',
  })
  async importPeople(
    @Args('input', { description: 'The file.' }) input: ImportPeopleInput,
    @ViewerOrToken() ctx: ViewerContext,
  ): Promise<{ importReport: ImportReportRow }> {
    return { importReport: await this.service.import(ctx, input) };
  }
}

@Resolver(() => ImportReport)
export class ImportReportResolver {
  constructor(private readonly people: PersonLoader) {}

  @ResolveField(() => [ImportRowError], { description: 'The errors by line, at most 1,000.' })
  errors(@Parent() report: ImportReportRow): ImportRowError[] {
    return report.errors.map((error) => ({
      ...error,
      get id() {
        return derivedId('ImportRowError', report.id, error.line, error.column ?? '', error.message);
      },
    }));
  }

  @ResolveField(() => Person, {
    nullable: true,
    description: "The person who ran the import. Null for an API token and the operator's command.",
  })
  by(@Parent() report: ImportReportRow, @Context() ctx: RequestContext): Promise<PersonRow | null> | null {
    return report.byId === null ? null : this.people.byId(ctx).load(report.byId);
  }
}
