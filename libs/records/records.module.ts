import { Module, type OnModuleInit } from '@nestjs/common';
import { NodeRegistry } from '#graphql';
import { DataExportController } from './export/data-export.controller.js';
import { DataExportLoader } from './export/data-export.loader.js';
import { DataExportRepository } from './export/data-export.repository.js';
import { DataExportResolver, ViewerExportsResolver } from './export/data-export.resolver.js';
import { DataExportService } from './export/data-export.service.js';
import { GoalImportRepository } from './goal-import/goal-import.repository.js';
import { GoalImportResolver } from './goal-import/goal-import.resolver.js';
import { GoalImportService } from './goal-import/goal-import.service.js';

/** What a person takes with them. */
@Module({
  controllers: [DataExportController],
  providers: [
    DataExportLoader,
    DataExportRepository,
    DataExportResolver,
    DataExportService,
    GoalImportRepository,
    GoalImportResolver,
    GoalImportService,
    ViewerExportsResolver,
  ],
})
export class RecordsModule implements OnModuleInit {
  constructor(
    private readonly nodes: NodeRegistry,
    private readonly exports: DataExportLoader,
  ) {}

  onModuleInit(): void {
    this.nodes.registerParts({ typename: 'DataExport', load: this.exports.byId });
  }
}
