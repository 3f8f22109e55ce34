import { Mutation, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import type { PersonContext } from '#db';
import { CurrentContext } from '#graphql';
import { AllowFormerEmployees } from '#identity';
import { ViewerModel } from '#people';
import type { DataExportRow } from './data-export.entity.js';
import { DataExport, ExportPayload } from './data-export.model.js';
import { DataExportService } from './data-export.service.js';

@Resolver(() => DataExport)
export class DataExportResolver {
  constructor(private readonly service: DataExportService) {}

  @AllowFormerEmployees()
  @Mutation(() => ExportPayload, {
    description:
      'Makes a zip file of the viewer’s own goals and own words, at most 3 a day. After the end of employment it contains their goals, the access log and the account.',
  })
  async exportMyData(@CurrentContext() ctx: PersonContext): Promise<ExportPayload> {
    return { dataExport: await this.service.create(ctx) };
  }

  @ResolveField(() => String, {
    description:
      'The path of the file, on the host of this API. Download it with the same `Authorization` header; nobody but the viewer can.',
  })
  url(@Parent() { id }: DataExportRow): string {
    return `/exports/${id}`;
  }
}

@Resolver(() => ViewerModel)
export class ViewerExportsResolver {
  constructor(private readonly service: DataExportService) {}

  @ResolveField(() => [DataExport], {
    description: 'The viewer’s exports that have not expired, newest first. At most 21.',
  })
  exports(@CurrentContext() ctx: PersonContext): Promise<DataExportRow[]> {
    return this.service.list(ctx);
  }
}
