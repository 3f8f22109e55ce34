import type { ProcessName, Settings } from '#settings';
import type { TelemetryOptions } from './telemetry.options.js';

/** What the settings say of the telemetry of a process. */
export function telemetryOptions(settings: Settings, process: ProcessName): TelemetryOptions {
  const { otelExporterOtlpEndpoint: endpoint } = settings;
  return {
    forLog: ['info', 'debug', 'trace'].includes(settings.logLevel),
    prometheus: (process === 'api' ? settings.metricsPort : settings.workerMetricsPort) !== undefined,
    otlp:
      endpoint === undefined
        ? undefined
        : {
            endpoint,
            headers: settings.otelExporterOtlpHeaders ?? {},
            traces: settings.otelTracesExporter === 'otlp',
            metrics: settings.otelMetricsExporter === 'otlp',
            metricsEveryMs: settings.otelMetricExportInterval,
            sampler: settings.otelTracesSampler,
            ratio: settings.otelTracesSamplerArg,
          },
    serviceName: process === 'api' ? settings.otelServiceName : `${settings.otelServiceName}-worker`,
    resourceAttributes: settings.otelResourceAttributes ?? {},
  };
}
