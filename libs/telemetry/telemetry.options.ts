/** Where an application keeps what its telemetry is to do. */
export const TELEMETRY_OPTIONS = Symbol('TELEMETRY_OPTIONS');

export interface TelemetryOptions {
  /** Whether requests are counted for the log's sake. */
  readonly forLog: boolean;
  /** Whether metrics are given to Prometheus. */
  readonly prometheus: boolean;
  /** Where what is measured is sent; undefined: nowhere. */
  readonly otlp: OtlpOptions | undefined;
  readonly serviceName: string;
  /** Further attributes of this process. */
  readonly resourceAttributes: Readonly<Record<string, string>>;
}

export interface OtlpOptions {
  /** http or https, without the path of a signal. */
  readonly endpoint: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly traces: boolean;
  readonly metrics: boolean;
  /** How often metrics are sent, in milliseconds. */
  readonly metricsEveryMs: number;
  readonly sampler: SamplerName;
  /** The part of the requests that is traced, where the sampler takes a ratio. */
  readonly ratio: number;
}

/** As OpenTelemetry names them (OTEL_TRACES_SAMPLER). */
export type SamplerName =
  | 'always_on'
  | 'always_off'
  | 'traceidratio'
  | 'parentbased_always_on'
  | 'parentbased_always_off'
  | 'parentbased_traceidratio';
