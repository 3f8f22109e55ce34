import { Module, type OnModuleInit } from '@nestjs/common';
import { GoalsModule } from '#goals';
import { NodeRegistry } from '#graphql';
import { DataExportController } from './export/data-export.controller.js';
import { DataExportLoader } from './export/data-export.loader.js';
import { DataExportRepository } from './export/data-export.repository.js';
import { DataExportResolver, ViewerExportsResolver } from './export/data-export.resolver.js';
import { DataExportService } from './export/data-export.service.js';
import { ErasureLoader } from './erasure/erasure.loader.js';
import { ErasureRepository } from './erasure/erasure.repository.js';
import {
  ErasureFieldsResolver,
  ErasureMutationsResolver,
  ViewerErasureResolver,
} from './erasure/erasure.resolver.js';
import { ErasureService } from './erasure/erasure.service.js';
import { GoalImportRepository } from './goal-import/goal-import.repository.js';
import { GoalImportResolver } from './goal-import/goal-import.resolver.js';
import { GoalImportService } from './goal-import/goal-import.service.js';

/** What a person takes with them, brings along and erases. */
@Module({
  imports: [GoalsModule],
  controllers: [DataExportController],
  providers: [
    DataExportLoader,
    DataExportRepository,
    DataExportResolver,
    DataExportService,
    ErasureFieldsResolver,
    ErasureLoader,
    ErasureMutationsResolver,
    ErasureRepository,
    ErasureService,
    GoalImportRepository,
    GoalImportResolver,
    GoalImportService,
    ViewerErasureResolver,
    ViewerExportsResolver,
  ],
})
export class RecordsModule implements OnModuleInit {
  constructor(
    private readonly nodes: NodeRegistry,
    private readonly exports: DataExportLoader,
    private readonly erasures: ErasureLoader,
  ) {}

  onModuleInit(): void {
    this.nodes.registerParts(
      { typename: 'DataExport', load: this.exports.byId },
      { typename: 'Erasure', load: this.erasures.byId },
    );
  }
}
