import { Module, type DynamicModule } from '@nestjs/common';
import { Telemetry } from './telemetry.js';
import { TELEMETRY_OPTIONS, type TelemetryOptions } from './telemetry.options.js';

/** Counts, metrics and traces of this process. */
@Module({})
export class TelemetryModule {
  static forRoot(options: TelemetryOptions): DynamicModule {
    return {
      module: TelemetryModule,
      providers: [{ provide: TELEMETRY_OPTIONS, useValue: options }, Telemetry],
      exports: [Telemetry],
    };
  }
}
