import { Module, type OnModuleInit } from '@nestjs/common';
import { sql } from '#db';
import { NodeRegistry } from '#graphql';
import { PeopleModule } from '#people';
import { PulseLoader } from './pulses/pulse.loader.js';
import { PulseRepository } from './pulses/pulse.repository.js';
import { PulseQuestionResolver, PulseResolver, ViewerPulseResolver } from './pulses/pulse.resolver.js';
import { PulseService } from './pulses/pulse.service.js';
import { TrendCsvController } from './trends/csv/trend-csv.controller.js';
import { TrendCsvRepository } from './trends/csv/trend-csv.repository.js';
import { TrendCsvService } from './trends/csv/trend-csv.service.js';
import { TrendResponseLoader } from './trends/responses/trend-response.loader.js';
import { TrendResponseRepository } from './trends/responses/trend-response.repository.js';
import { TrendResponseResolver } from './trends/responses/trend-response.resolver.js';
import { TrendResponseService } from './trends/responses/trend-response.service.js';
import { TrendReleaseLoader } from './trends/trend-release.loader.js';
import { TrendReleaseRepository } from './trends/trend-release.repository.js';
import { TrendReleaseResolver } from './trends/trend-release.resolver.js';
import { TrendRepository } from './trends/trend.repository.js';
import { TrendResolver } from './trends/trend.resolver.js';
import { TrendService } from './trends/trend.service.js';

/** Pulses and engagement trends. */
@Module({
  imports: [PeopleModule],
  controllers: [TrendCsvController],
  providers: [
    PulseLoader,
    PulseQuestionResolver,
    PulseRepository,
    PulseResolver,
    PulseService,
    TrendCsvRepository,
    TrendCsvService,
    TrendReleaseLoader,
    TrendReleaseRepository,
    TrendReleaseResolver,
    TrendRepository,
    TrendResolver,
    TrendResponseLoader,
    TrendResponseRepository,
    TrendResponseResolver,
    TrendResponseService,
    TrendService,
    ViewerPulseResolver,
  ],
})
export class EngagementModule implements OnModuleInit {
  constructor(
    private readonly nodes: NodeRegistry,
    private readonly pulses: PulseLoader,
    private readonly releases: TrendReleaseLoader,
    private readonly responses: TrendResponseLoader,
  ) {}

  onModuleInit(): void {
    this.nodes.register(
      { typename: 'Pulse', table: sql`pulse`, load: this.pulses.byId },
      { typename: 'TrendRelease', table: sql`trend_release`, load: this.releases.byId },
      { typename: 'TrendResponse', table: sql`trend_response`, load: this.responses.byId },
    );
  }
}
