/** Injects the {@link TelemetryOptions} of the application. */
export const TELEMETRY_OPTIONS = Symbol('TELEMETRY_OPTIONS');

export interface TelemetryOptions {
  /** Whether statements and rows are counted for the log. */
  readonly forLog: boolean;
  /** Whether metrics are served to Prometheus. */
  readonly prometheus: boolean;
  /** Where metrics and traces are sent; undefined: nowhere. */
  readonly otlp: OtlpOptions | undefined;
  readonly serviceName: string;
  /** Further attributes of this process. */
  readonly resourceAttributes: Readonly<Record<string, string>>;
}

export interface OtlpOptions {
  /** http or https, without a signal's path. */
  readonly endpoint: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly traces: boolean;
  readonly metrics: boolean;
  /** The interval between exports, in milliseconds. */
  readonly metricsEveryMs: number;
  readonly sampler: SamplerName;
  /** The share of requests that ratio-based samplers trace, 0 to 1. */
  readonly ratio: number;
}

/** OpenTelemetry's names (OTEL_TRACES_SAMPLER). */
export type SamplerName =
  | 'always_on'
  | 'always_off'
  | 'traceidratio'
  | 'parentbased_always_on'
  | 'parentbased_always_off'
  | 'parentbased_traceidratio';
