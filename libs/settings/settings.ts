import {
  ArrayUnique,
  IsIn,
  IsInt,
  IsNumber,
  IsObject,
  IsOptional,
  IsString,
  Matches,
  Max,
  Min,
} from 'class-validator';
import { IsAddress, IsOrigin, IsProxyTrust, IsPublicUrl, IsSender } from './validators.js';
import { Setting, list, number, pairs, wholeNumber } from './setting.js';

export const environments = ['development', 'production', 'test'] as const;
export const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
export const samplers = [
  'always_on',
  'always_off',
  'traceidratio',
  'parentbased_always_on',
  'parentbased_always_off',
  'parentbased_traceidratio',
] as const;
const DEMO_ORGANIZATION = 'Quince & Gander';
const signalExporters = ['otlp', 'none'] as const;

/**
 * The environment variables that configure a process. An empty variable counts as not set. Validation messages
 * complete a sentence that begins with the variable's name.
 */
export class Settings {
  @Setting(
    'The environment: development, production or test. In development, mails are printed in the log and npm start loads the demo organization; production refuses both.',
    {
      byDefault: 'development',
    },
  )
  @IsIn(environments, { message: 'must be development, production or test' })
  readonly nodeEnv!: (typeof environments)[number];

  @Setting(
    'The PostgreSQL database (18 or newer), as postgres://login:password@host:port/database, with the login of the API, which owns nothing. Without it, npm start runs an embedded database.',
    {
      neededInProduction: ['api'],
    },
  )
  @IsOptional()
  @IsAddress(['postgres', 'postgresql'], {
    message: 'must look like postgres://login:password@host:5432/database',
  })
  readonly databaseUrl?: string;

  @Setting(
    'The same database with the login that owns it. Only commands such as migrate use it, never a serving process.',
  )
  @IsOptional()
  @IsAddress(['postgres', 'postgresql'], {
    message: 'must look like postgres://login:password@host:5432/database',
  })
  readonly databaseAdminUrl?: string;

  @Setting(
    'The same database with the login of the worker, the process that runs jobs (npm run serve:worker), such as sending mail, and the only one that can read them. A direct connection, or a pooler in session mode. The API needs neither this nor SMTP_URL.',
    {
      neededInProduction: ['worker'],
    },
  )
  @IsOptional()
  @IsAddress(['postgres', 'postgresql'], {
    message: 'must look like postgres://login:password@host:5432/database',
  })
  readonly workerDatabaseUrl?: string;

  @Setting(
    'Set it to Quince & Gander, the name of the demo organization, to serve it in production. Otherwise production refuses to start on a database that contains it, because its password is published.',
  )
  @IsOptional()
  @IsIn([DEMO_ORGANIZATION], { message: `must be ${DEMO_ORGANIZATION}, the name of the demo organization` })
  readonly allowDemoOrganization?: typeof DEMO_ORGANIZATION;

  @Setting(
    'The same database with the login of the API, as a direct connection or through a pooler in session mode: each process of the API receives changes of conversations on one connection. Only needed if DATABASE_URL leads to a pooler in transaction mode.',
  )
  @IsOptional()
  @IsAddress(['postgres', 'postgresql'], {
    message: 'must look like postgres://login:password@host:5432/database',
  })
  readonly databaseListenUrl?: string;

  @Setting('The maximum number of database connections of a process.', { byDefault: '10', read: wholeNumber })
  @IsInt({ message: 'must be a whole number from 1 to 500' })
  @Min(1, { message: 'must be a whole number from 1 to 500' })
  @Max(500, { message: 'must be a whole number from 1 to 500' })
  readonly databasePoolSize!: number;

  @Setting(
    'The maximum number of requests of a process that wait for a database connection. Further requests are rejected at once with UNAVAILABLE (HTTP 503).',
    { byDefault: '100', read: wholeNumber },
  )
  @IsInt({ message: 'must be a whole number from 0 to 10000' })
  @Min(0, { message: 'must be a whole number from 0 to 10000' })
  @Max(10_000, { message: 'must be a whole number from 0 to 10000' })
  readonly databaseQueueSize!: number;

  @Setting(
    'The maximum duration of a database statement, in milliseconds; then the request fails. A connection on which the database does not respond is closed 2 seconds later.',
    {
      byDefault: '5000',
      read: wholeNumber,
    },
  )
  @IsInt({ message: 'must be a whole number of milliseconds from 100 to 600000' })
  @Min(100, { message: 'must be a whole number of milliseconds from 100 to 600000' })
  @Max(600_000, { message: 'must be a whole number of milliseconds from 100 to 600000' })
  readonly statementTimeoutMs!: number;

  @Setting(
    'The prefix of the database roles. Roles belong to the whole server, so installations that share one need different prefixes.',
    {
      byDefault: 'mutual',
    },
  )
  @Matches(/^[a-z][a-z0-9_]{0,30}$/, {
    message: 'must be 1 to 31 lower-case letters, digits and underscores, beginning with a letter',
  })
  readonly rolePrefix!: string;

  @Setting('The network address to listen on; 0.0.0.0 or :: for all.', {
    byDefault: '127.0.0.1',
  })
  @IsString({ message: 'must be a network address or host name of this machine' })
  readonly host!: string;

  @Setting('The port to listen on.', { byDefault: '3000', read: wholeNumber })
  @IsInt({ message: 'must be a port, from 0 to 65535' })
  @Min(0, { message: 'must be a port, from 0 to 65535' })
  @Max(65_535, { message: 'must be a port, from 0 to 65535' })
  readonly port!: number;

  @Setting(
    'The address of the web client, used for links in mails. In development, npm start sets it to the address at which it serves the web client.',
    {
      byDefault: 'http://localhost:4000',
      neededInProduction: ['api', 'worker'],
    },
  )
  @IsPublicUrl({ message: 'must be an address like https://mutual.example.com' })
  readonly publicUrl!: string;

  @Setting(
    'The mail server, as smtps://login:password@host:465 or smtp://host:587. In development without one, mails are printed in the log and stored in MAIL_FOLDER.',
    {
      neededInProduction: ['worker'],
    },
  )
  @IsOptional()
  @IsAddress(['smtp', 'smtps'], { message: 'must look like smtps://login:password@host:465' })
  readonly smtpUrl?: string;

  @Setting('The folder for mails when there is no mail server.', { byDefault: '.data/mail' })
  @IsString({ message: 'must be the path of a folder' })
  readonly mailFolder!: string;

  @Setting('The sender of mails, as an address or as Name <address>.', {
    byDefault: 'Mutual <mutual@localhost>',
    neededInProduction: ['worker'],
  })
  @IsSender({ message: 'must be an address, or look like Mutual <mutual@example.com>' })
  readonly mailFrom!: string;

  @Setting(
    'The origins whose pages may call the API from a browser (CORS), with a session in a cookie too, and connect for subscriptions, separated by commas, for example https://mutual.example.com.',
    {
      read: list,
    },
  )
  @IsOptional()
  @ArrayUnique({ message: 'contains an origin twice' })
  @IsOrigin({
    each: true,
    message: 'must be origins like https://mutual.example.com, without a path, separated by commas',
  })
  readonly corsOrigins: readonly string[] = [];

  @Setting(
    'Files with the operations that are accepted from pages of browsers, as manifests of persisted queries, separated by commas: apps/web/dist/operations.json, which the build of the web client writes, and that of an older release whose pages may still be open. Other clients may send any operation. Without it, pages may too.',
    { read: list },
  )
  @IsOptional()
  @ArrayUnique({ message: 'names a file twice' })
  readonly trustedOperations: readonly string[] = [];

  @Setting(
    "The proxies whose X-Forwarded-For header is trusted: their number, or their addresses and networks separated by commas (10.0.0.0/8). Without it, the connection's address is the client's.",
    {
      read: (text) => (/^\d{1,2}$/.test(text) ? Number(text) : list(text)),
    },
  )
  @IsOptional()
  @IsProxyTrust({
    message: 'must be the number of proxies, or addresses and networks like 10.0.0.0/8, separated by commas',
  })
  readonly trustProxy?: number | readonly string[];

  @Setting('The lowest level that is logged: fatal, error, warn, info, debug, trace or silent.', {
    byDefault: 'info',
  })
  @IsIn(logLevels, { message: `must be one of ${logLevels.join(', ')}` })
  readonly logLevel!: (typeof logLevels)[number];

  @Setting(
    'The maximum cost per minute of the operations of one caller: a person, an API token or, without a session, a network. An operation costs about one for each object in its result. 0: no limit.',
    { byDefault: '100000', read: wholeNumber },
  )
  @IsInt({ message: 'must be a whole number from 0 to 1000000000' })
  @Min(0, { message: 'must be a whole number from 0 to 1000000000' })
  @Max(1_000_000_000, { message: 'must be a whole number from 0 to 1000000000' })
  readonly costPerMinute!: number;

  @Setting(
    'How long a client may take to send a request, and how long it may stop reading the response, in milliseconds; then the connection is closed.',
    { byDefault: '30000', read: wholeNumber },
  )
  @IsInt({ message: 'must be a whole number of milliseconds from 1000 to 600000' })
  @Min(1_000, { message: 'must be a whole number of milliseconds from 1000 to 600000' })
  @Max(600_000, { message: 'must be a whole number of milliseconds from 1000 to 600000' })
  readonly requestTimeoutMs!: number;

  @Setting(
    'The maximum number of client connections of a process. Further connections are closed at once. Each needs about 20 kB and a file descriptor.',
    { byDefault: '10000', read: wholeNumber },
  )
  @IsInt({ message: 'must be a whole number from 10 to 1000000' })
  @Min(10, { message: 'must be a whole number from 10 to 1000000' })
  @Max(1_000_000, { message: 'must be a whole number from 10 to 1000000' })
  readonly maxConnections!: number;

  @Setting(
    'The maximum size of a request body without a valid session, in bytes. With a session it is 1,048,576, and BODY_LIMIT_BYTES for imports.',
    { byDefault: '102400', read: wholeNumber },
  )
  @IsInt({ message: 'must be a whole number of bytes from 4096 to 104857600' })
  @Min(4_096, { message: 'must be a whole number of bytes from 4096 to 104857600' })
  @Max(104_857_600, { message: 'must be a whole number of bytes from 4096 to 104857600' })
  readonly bodyLimitAnonymousBytes!: number;

  @Setting(
    'The maximum total size of the request bodies that a process holds at a time, in bytes. Further requests are rejected at once with UNAVAILABLE (HTTP 503). Callers without a verified session share half of it. Must be at least BODY_LIMIT_BYTES.',
    { byDefault: '67108864', read: wholeNumber },
  )
  @IsInt({ message: 'must be a whole number of bytes from 1048576 to 10737418240' })
  @Min(1_048_576, { message: 'must be a whole number of bytes from 1048576 to 10737418240' })
  @Max(10_737_418_240, { message: 'must be a whole number of bytes from 1048576 to 10737418240' })
  readonly bodiesInFlightBytes!: number;

  @Setting(
    'The maximum size of the request body of an import, in bytes, by a caller who may import. 20,000 people take about 6,000,000.',
    {
      byDefault: '8388608',
      read: wholeNumber,
    },
  )
  @IsInt({ message: 'must be a whole number of bytes from 65536 to 104857600' })
  @Min(65_536, { message: 'must be a whole number of bytes from 65536 to 104857600' })
  @Max(104_857_600, { message: 'must be a whole number of bytes from 65536 to 104857600' })
  readonly bodyLimitBytes!: number;

  @Setting(
    'fast or plain. plain switches off compiled operations, pipelining, prefetching and cached identities: slower, with the same responses. Use it to compare, or to rule them out when something looks wrong.',
    { byDefault: 'fast' },
  )
  @IsIn(['fast', 'plain'], { message: 'must be fast or plain' })
  readonly execution!: 'fast' | 'plain';

  @Setting(
    'The port that serves metrics of the API to Prometheus, at /metrics. Must differ from PORT. Without it, no metrics are served.',
    { read: wholeNumber },
  )
  @IsOptional()
  @IsInt({ message: 'must be a port, from 1 to 65535' })
  @Min(1, { message: 'must be a port, from 1 to 65535' })
  @Max(65_535, { message: 'must be a port, from 1 to 65535' })
  readonly metricsPort?: number;

  @Setting('The network address that serves metrics.', {
    byDefault: '127.0.0.1',
  })
  @IsString({ message: 'must be a network address or host name of this machine' })
  readonly metricsHost!: string;

  @Setting('The port that serves metrics of the worker to Prometheus, on METRICS_HOST.', {
    read: wholeNumber,
  })
  @IsOptional()
  @IsInt({ message: 'must be a port, from 1 to 65535' })
  @Min(1, { message: 'must be a port, from 1 to 65535' })
  @Max(65_535, { message: 'must be a port, from 1 to 65535' })
  readonly workerMetricsPort?: number;

  @Setting(
    'The OTLP/HTTP collector for traces and metrics, for example http://collector:4318; /v1/traces and /v1/metrics are appended. Without it, nothing is sent.',
  )
  @IsOptional()
  @IsPublicUrl({ message: 'must be an address like http://collector:4318' })
  readonly otelExporterOtlpEndpoint?: string;

  @Setting(
    'Additional headers for the OTLP collector, as name=value separated by commas, with percent-encoded values.',
    { read: pairs },
  )
  @IsOptional()
  @IsObject({ message: 'must look like name=value,other=value' })
  readonly otelExporterOtlpHeaders?: Readonly<Record<string, string>>;

  @Setting('The OTLP protocol. http/protobuf is the only one supported.', { byDefault: 'http/protobuf' })
  @IsIn(['http/protobuf'], { message: 'must be http/protobuf' })
  readonly otelExporterOtlpProtocol!: string;

  @Setting('Whether traces are sent to the OTLP collector: otlp or none.', { byDefault: 'otlp' })
  @IsIn(signalExporters, { message: 'must be otlp or none' })
  readonly otelTracesExporter!: (typeof signalExporters)[number];

  @Setting('Whether metrics are sent to the OTLP collector: otlp or none.', { byDefault: 'otlp' })
  @IsIn(signalExporters, { message: 'must be otlp or none' })
  readonly otelMetricsExporter!: (typeof signalExporters)[number];

  @Setting('The interval between two exports of metrics, in milliseconds.', {
    byDefault: '60000',
    read: wholeNumber,
  })
  @IsInt({ message: 'must be a whole number of milliseconds from 100 to 3600000' })
  @Min(100, { message: 'must be a whole number of milliseconds from 100 to 3600000' })
  @Max(3_600_000, { message: 'must be a whole number of milliseconds from 100 to 3600000' })
  readonly otelMetricExportInterval!: number;

  @Setting(
    'The sampler that decides which requests are traced: always_on, always_off or traceidratio. With the prefix parentbased_, a traceparent header decides first.',
    { byDefault: 'parentbased_traceidratio' },
  )
  @IsIn(samplers, { message: `must be one of ${samplers.join(', ')}` })
  readonly otelTracesSampler!: (typeof samplers)[number];

  @Setting('The ratio of requests that a traceidratio sampler traces, from 0 to 1.', {
    byDefault: '0.05',
    read: number,
  })
  @IsNumber({}, { message: 'must be a number from 0 to 1' })
  @Min(0, { message: 'must be a number from 0 to 1' })
  @Max(1, { message: 'must be a number from 0 to 1' })
  readonly otelTracesSamplerArg!: number;

  @Setting('The service name in metrics and traces.', { byDefault: 'mutual' })
  @IsString({ message: 'must be a name' })
  readonly otelServiceName!: string;

  @Setting(
    'Further resource attributes in metrics and traces, as name=value separated by commas, for example deployment.environment.name=production, with percent-encoded values.',
    { read: pairs },
  )
  @IsOptional()
  @IsObject({ message: 'must look like name=value,other=value' })
  readonly otelResourceAttributes?: Readonly<Record<string, string>>;
}
