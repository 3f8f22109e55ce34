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
 * Everything that can be set from outside, as environment variables. An empty variable counts as not set. The messages
 * complete a sentence that begins with the variable's name.
 */
export class Settings {
  @Setting(
    'What this installation is for: development shows mails in the log and loads the demo organization, production refuses both.',
    {
      byDefault: 'development',
    },
  )
  @IsIn(environments, { message: 'must be development, production or test' })
  readonly nodeEnv!: (typeof environments)[number];

  @Setting(
    'The PostgreSQL database (18 or newer) to serve from, as postgres://login:password@host:port/database, with a login of its own that owns nothing. npm start brings one if none is set.',
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
    'The same database with the login that owns it, used by the commands only (migrate and others), never to serve.',
  )
  @IsOptional()
  @IsAddress(['postgres', 'postgresql'], {
    message: 'must look like postgres://login:password@host:5432/database',
  })
  readonly databaseAdminUrl?: string;

  @Setting(
    'The same database with the login of the worker, the process that sends mail (npm run serve:worker): the only one that may read the outbox. The API needs neither this nor SMTP_URL.',
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
    'The name of the demo organization, Quince & Gander, to serve it in production. Without it production refuses to start on a database that holds it, since its password is published.',
  )
  @IsOptional()
  @IsIn([DEMO_ORGANIZATION], { message: `must be ${DEMO_ORGANIZATION}, the name of the demo organization` })
  readonly allowDemoOrganization?: typeof DEMO_ORGANIZATION;

  @Setting('How many database connections one process opens at most.', { byDefault: '10', read: wholeNumber })
  @IsInt({ message: 'must be a whole number from 1 to 500' })
  @Min(1, { message: 'must be a whole number from 1 to 500' })
  @Max(500, { message: 'must be a whole number from 1 to 500' })
  readonly databasePoolSize!: number;

  @Setting(
    'How many requests may wait for a database connection of one process; what comes beyond them is refused at once (UNAVAILABLE, 503) instead of waiting longer and longer.',
    { byDefault: '100', read: wholeNumber },
  )
  @IsInt({ message: 'must be a whole number from 0 to 10000' })
  @Min(0, { message: 'must be a whole number from 0 to 10000' })
  @Max(10_000, { message: 'must be a whole number from 0 to 10000' })
  readonly databaseQueueSize!: number;

  @Setting(
    'How long one database statement may take, in milliseconds; after that the request fails. A database that does not answer at all is given up 2 seconds later.',
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
    'The beginning of the names of the database roles, since roles belong to the whole server: several installations on one need different ones.',
    {
      byDefault: 'mutual',
    },
  )
  @Matches(/^[a-z][a-z0-9_]{0,30}$/, {
    message: 'must be 1 to 31 lower-case letters, digits and underscores, a letter first',
  })
  readonly rolePrefix!: string;

  @Setting('The address of this machine to listen on; 0.0.0.0 or :: for all of them.', {
    byDefault: '127.0.0.1',
  })
  @IsString({ message: 'must be an address or name of this machine' })
  readonly host!: string;

  @Setting('The port to listen on.', { byDefault: '3000', read: wholeNumber })
  @IsInt({ message: 'must be a port, from 0 to 65535' })
  @Min(0, { message: 'must be a port, from 0 to 65535' })
  @Max(65_535, { message: 'must be a port, from 0 to 65535' })
  readonly port!: number;

  @Setting(
    'The address at which people reach the web client, for the links in mails. The default has the port of PORT.',
    {
      byDefault: 'http://localhost:3000',
      neededInProduction: ['api', 'worker'],
    },
  )
  @IsPublicUrl({ message: 'must be an address like https://mutual.example.com' })
  readonly publicUrl!: string;

  @Setting(
    'The mail server, as smtps://login:password@host:465 or smtp://host:587. Without one, in development, mails are shown in the log and kept as files in MAIL_FOLDER.',
    {
      neededInProduction: ['worker'],
    },
  )
  @IsOptional()
  @IsAddress(['smtp', 'smtps'], { message: 'must look like smtps://login:password@host:465' })
  readonly smtpUrl?: string;

  @Setting('Where mails are kept as files when there is no mail server.', { byDefault: '.data/mail' })
  @IsString({ message: 'must be the path of a folder' })
  readonly mailFolder!: string;

  @Setting('The sender of mails, as an address or as Name <address>.', {
    byDefault: 'Mutual <mutual@localhost>',
    neededInProduction: ['worker'],
  })
  @IsSender({ message: 'must be an address, or look like Mutual <mutual@example.com>' })
  readonly mailFrom!: string;

  @Setting(
    'The origins, with commas between them, whose pages may call the API from a browser (https://mutual.example.com).',
    {
      read: list,
    },
  )
  @IsOptional()
  @ArrayUnique({ message: 'names an origin twice' })
  @IsOrigin({
    each: true,
    message: 'must be origins like https://mutual.example.com, without a path, with commas between them',
  })
  readonly corsOrigins: readonly string[] = [];

  @Setting(
    "Which proxies in front may tell the client's address: how many there are, or their addresses and networks with commas between them (10.0.0.0/8). Without any, the connection's address counts.",
    {
      read: (text) => (/^\d{1,2}$/.test(text) ? Number(text) : list(text)),
    },
  )
  @IsOptional()
  @IsProxyTrust({
    message:
      'must be the number of proxies, or addresses and networks like 10.0.0.0/8 with commas between them',
  })
  readonly trustProxy?: number | readonly string[];

  @Setting('How much is logged: fatal, error, warn, info, debug, trace or silent.', { byDefault: 'info' })
  @IsIn(logLevels, { message: `must be one of ${logLevels.join(', ')}` })
  readonly logLevel!: (typeof logLevels)[number];

  @Setting(
    'How much the operations of one caller (a person, an API token, or whoever else comes from one network) may cost a minute; an operation costs about one for each object that it may answer with. 0: no limit.',
    { byDefault: '100000', read: wholeNumber },
  )
  @IsInt({ message: 'must be a whole number from 0 to 1000000000' })
  @Min(0, { message: 'must be a whole number from 0 to 1000000000' })
  @Max(1_000_000_000, { message: 'must be a whole number from 0 to 1000000000' })
  readonly costPerMinute!: number;

  @Setting(
    'How long a client may take to send a request, and how long it may take in nothing of its answer, in milliseconds; then the connection ends.',
    { byDefault: '30000', read: wholeNumber },
  )
  @IsInt({ message: 'must be a whole number of milliseconds from 1000 to 600000' })
  @Min(1_000, { message: 'must be a whole number of milliseconds from 1000 to 600000' })
  @Max(600_000, { message: 'must be a whole number of milliseconds from 1000 to 600000' })
  readonly requestTimeoutMs!: number;

  @Setting(
    'How many connections of clients one process has at the same time; what comes beyond them is closed at once. Each takes some 20 kB and a file descriptor.',
    { byDefault: '10000', read: wholeNumber },
  )
  @IsInt({ message: 'must be a whole number from 10 to 1000000' })
  @Min(10, { message: 'must be a whole number from 10 to 1000000' })
  @Max(1_000_000, { message: 'must be a whole number from 10 to 1000000' })
  readonly maxConnections!: number;

  @Setting(
    'The largest request body accepted of a caller without a valid session, in bytes. With one it is 1,048,576, and BODY_LIMIT_BYTES for an import.',
    { byDefault: '102400', read: wholeNumber },
  )
  @IsInt({ message: 'must be a whole number of bytes from 4096 to 104857600' })
  @Min(4_096, { message: 'must be a whole number of bytes from 4096 to 104857600' })
  @Max(104_857_600, { message: 'must be a whole number of bytes from 4096 to 104857600' })
  readonly bodyLimitAnonymousBytes!: number;

  @Setting(
    'How many bytes of request bodies one process holds at the same time; what comes beyond them is refused at once (UNAVAILABLE, 503). Callers without a verified session share half of them. Never less than BODY_LIMIT_BYTES.',
    { byDefault: '67108864', read: wholeNumber },
  )
  @IsInt({ message: 'must be a whole number of bytes from 1048576 to 10737418240' })
  @Min(1_048_576, { message: 'must be a whole number of bytes from 1048576 to 10737418240' })
  @Max(10_737_418_240, { message: 'must be a whole number of bytes from 1048576 to 10737418240' })
  readonly bodiesInFlightBytes!: number;

  @Setting(
    'The largest request body accepted at all, in bytes: of an import, by a caller who may import. One of 20,000 people takes about 6 million.',
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
    'fast or plain. plain walks every operation step by step, sends every statement by itself and looks every session up first: slower, with the same answers; to compare, or to rule the fast way out when something looks wrong.',
    { byDefault: 'fast' },
  )
  @IsIn(['fast', 'plain'], { message: 'must be fast or plain' })
  readonly execution!: 'fast' | 'plain';

  @Setting(
    'The port at which metrics are given to Prometheus, at /metrics; never the one of the API. Without one they are given to nobody.',
    { read: wholeNumber },
  )
  @IsOptional()
  @IsInt({ message: 'must be a port, from 1 to 65535' })
  @Min(1, { message: 'must be a port, from 1 to 65535' })
  @Max(65_535, { message: 'must be a port, from 1 to 65535' })
  readonly metricsPort?: number;

  @Setting(
    'The address of this machine at which metrics are given to Prometheus, where METRICS_PORT is set.',
    {
      byDefault: '127.0.0.1',
    },
  )
  @IsString({ message: 'must be an address or name of this machine' })
  readonly metricsHost!: string;

  @Setting(
    'The same for the worker: the port at which its metrics are given to Prometheus, on METRICS_HOST.',
    {
      read: wholeNumber,
    },
  )
  @IsOptional()
  @IsInt({ message: 'must be a port, from 1 to 65535' })
  @Min(1, { message: 'must be a port, from 1 to 65535' })
  @Max(65_535, { message: 'must be a port, from 1 to 65535' })
  readonly workerMetricsPort?: number;

  @Setting(
    'Where traces and metrics are sent by OTLP over HTTP, as http://collector:4318; /v1/traces and /v1/metrics are put behind it. Without it they are sent nowhere.',
  )
  @IsOptional()
  @IsPublicUrl({ message: 'must be an address like http://collector:4318' })
  readonly otelExporterOtlpEndpoint?: string;

  @Setting(
    'What is sent along to that address as headers, as name=value with commas between them, values percent-encoded.',
    { read: pairs },
  )
  @IsOptional()
  @IsObject({ message: 'must look like name=value,other=value' })
  readonly otelExporterOtlpHeaders?: Readonly<Record<string, string>>;

  @Setting('The form in which they are sent: this one and no other.', { byDefault: 'http/protobuf' })
  @IsIn(['http/protobuf'], { message: 'must be http/protobuf: there is no other here' })
  readonly otelExporterOtlpProtocol!: string;

  @Setting('Whether traces are sent to that address: otlp or none.', { byDefault: 'otlp' })
  @IsIn(signalExporters, { message: 'must be otlp or none' })
  readonly otelTracesExporter!: (typeof signalExporters)[number];

  @Setting('Whether metrics are sent to that address: otlp or none.', { byDefault: 'otlp' })
  @IsIn(signalExporters, { message: 'must be otlp or none' })
  readonly otelMetricsExporter!: (typeof signalExporters)[number];

  @Setting('How often metrics are sent, in milliseconds.', { byDefault: '60000', read: wholeNumber })
  @IsInt({ message: 'must be a whole number of milliseconds from 100 to 3600000' })
  @Min(100, { message: 'must be a whole number of milliseconds from 100 to 3600000' })
  @Max(3_600_000, { message: 'must be a whole number of milliseconds from 100 to 3600000' })
  readonly otelMetricExportInterval!: number;

  @Setting(
    'Which requests are traced: always_on, always_off or traceidratio; with parentbased_ before it, only those of which the header traceparent does not say it.',
    { byDefault: 'parentbased_traceidratio' },
  )
  @IsIn(samplers, { message: `must be one of ${samplers.join(', ')}` })
  readonly otelTracesSampler!: (typeof samplers)[number];

  @Setting('Which part of the requests is traced where the sampler takes a ratio, from 0 to 1.', {
    byDefault: '0.05',
    read: number,
  })
  @IsNumber({}, { message: 'must be a number from 0 to 1' })
  @Min(0, { message: 'must be a number from 0 to 1' })
  @Max(1, { message: 'must be a number from 0 to 1' })
  readonly otelTracesSamplerArg!: number;

  @Setting('What this service is called in metrics and traces.', { byDefault: 'mutual' })
  @IsString({ message: 'must be a name' })
  readonly otelServiceName!: string;

  @Setting(
    'What else is said of this process in metrics and traces, as name=value with commas between them (deployment.environment.name=production), values percent-encoded.',
    { read: pairs },
  )
  @IsOptional()
  @IsObject({ message: 'must look like name=value,other=value' })
  readonly otelResourceAttributes?: Readonly<Record<string, string>>;
}
