import { Args, Context, Mutation, Parent, Resolver } from '@nestjs/graphql';
import { AnyViewer } from '#auth';
import type { Viewer } from '#db';
import { ForTokens, LargeInput, Operation, type Page, PageArgs, ResolveField } from '#graphql';
import type { ImportReportRow } from './import.entity.js';
import { ImportPeopleInput } from './import.inputs.js';
import { ImportPeoplePayload, ImportReport, ImportReportConnection } from './import.model.js';
import { ImportService } from './import.service.js';
import { Organization } from './organization.model.js';
import type { PersonRow } from './person.entity.js';
import { PersonLoader } from './person.loader.js';
import { Person } from './person.model.js';

@Resolver(() => Organization)
export class OrganizationImportResolver {
  constructor(private readonly service: ImportService) {}

  @ResolveField(() => ImportReportConnection, {
    nullable: true,
    description:
      'Imports and dry runs, newest first. For PEOPLE_ADMIN, and for API tokens with DIRECTORY_WRITE, which see their own; NOT_PERMITTED and null for others.',
  })
  importReports(@Args() page: PageArgs, @AnyViewer() viewer: Viewer): Promise<Page<ImportReportRow>> {
    return this.service.reports(viewer, page);
  }

  @ForTokens('DIRECTORY_WRITE')
  @LargeInput()
  @Mutation(() => ImportPeoplePayload, {
    description:
      'Brings the directory in line with a file, all or nothing. People who are not in the file stay as they are. While an import is running, other changes of the directory wait or are answered with UNAVAILABLE. For PEOPLE_ADMIN and API tokens with DIRECTORY_WRITE.',
  })
  async importPeople(
    @Args('input', { description: 'The file.' }) input: ImportPeopleInput,
    @AnyViewer() viewer: Viewer,
  ): Promise<{ importReport: ImportReportRow }> {
    return { importReport: await this.service.import(viewer, input) };
  }
}

@Resolver(() => ImportReport)
export class ImportReportResolver {
  constructor(private readonly people: PersonLoader) {}

  @ResolveField(() => Person, {
    nullable: true,
    description: "Who imported; null for an API token and for the operator's command.",
  })
  by(@Parent() report: ImportReportRow, @Context() op: Operation): Promise<PersonRow | null> | null {
    return report.byId === null ? null : this.people.byId(op).load(report.byId);
  }
}
