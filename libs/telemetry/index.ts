/** What the service tells of itself: counts, metrics, traces. It knows no domain. */
export { Telemetry, type ObservedRequest } from './telemetry.js';
export { TelemetryModule } from './telemetry.module.js';
export { telemetryOptions } from './telemetry.settings.js';
export { makeLog, nestLogger } from './log.js';
